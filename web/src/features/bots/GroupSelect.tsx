// The group that a bot stands in, as a field of a form.
import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBotGroups } from "./groups";

type Props = {
  value: number | null;
  onChange: (value: number | null) => void;
  error?: string | undefined;
};

export function GroupSelect({ value, onChange, error }: Props) {
  const { t } = useTranslation("botGroups");
  const groups = useBotGroups().data ?? [];
  return (
    <Select
      label={t("one")}
      placeholder={t("none")}
      data={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("takeOut") }}
      value={value === null ? null : String(value)}
      error={error}
      onChange={(chosen) => onChange(chosen === null ? null : Number(chosen))}
    />
  );
}
