// Chooses a time zone; the one that is set stays choosable even when this browser lacks it.
import { Select } from "@mantine/core";
import { useMemo } from "react";
import { knownZones } from "@/i18n/zone";

type Props = {
  label: string;
  description?: string;
  value: string;
  error?: string;
  onChange: (zone: string) => void;
};

export function ZoneSelect({ value, onChange, ...rest }: Props) {
  const zones = useMemo(() => [...new Set([value, ...knownZones()])], [value]);
  return (
    <Select
      {...rest}
      data={zones}
      value={value}
      onChange={(zone) => onChange(zone ?? value)}
      searchable
      limit={60}
    />
  );
}
