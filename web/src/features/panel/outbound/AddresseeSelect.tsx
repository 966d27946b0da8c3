// Finds a client by name or number; says of each place whether one may write there.
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import classes from "./Outbound.module.css";
import { type Addressee, shortest, useAddressees } from "./queries";

const typingMs = 250;

type Props = {
  value: Addressee | null;
  error?: string;
  onChange: (one: Addressee | null) => void;
  "data-autofocus"?: true;
};

export function AddresseeSelect({ value, error, onChange, ...rest }: Props) {
  const { t } = useTranslation("panelOutbound");
  const channelName = useChannelName();
  const [typed, setTyped] = useState(value?.name ?? "");
  const [words] = useDebouncedValue(typed.trim(), typingMs);
  const found = useAddressees(words === value?.name ? "" : words);
  const people = found.data ?? (value ? [value] : []);
  const byId = new Map(people.map((one) => [String(one.contact_id), one]));
  const nothing =
    words.length < shortest
      ? t("typeMore")
      : found.isFetching
        ? t("looking")
        : t(found.error ? "failed" : "nobody");
  return (
    <Select
      label={t("client")}
      placeholder={t("clientHint")}
      required
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("clear") }}
      openOnFocus={false}
      data={people.map((one) => ({
        value: String(one.contact_id),
        label: one.name,
        disabled: one.refusal !== null && one.request_id === null,
      }))}
      // the server has looked already
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value ? String(value.contact_id) : null}
      onChange={(id) => onChange((id && byId.get(id)) || null)}
      nothingFoundMessage={nothing}
      error={error}
      {...rest}
      renderOption={({ option }) => {
        const one = byId.get(option.value);
        if (!one) return option.label;
        return (
          <span className={classes.option}>
            <span className={classes.name}>{one.name}</span>
            <span className={classes.place}>
              {[one.phone, channelName(one.channel), one.bot_name].filter(Boolean).join(" · ")}
            </span>
            {one.refusal && <span className={classes.refusal}>{t(`refusal.${one.refusal}`)}</span>}
          </span>
        );
      }}
    />
  );
}
