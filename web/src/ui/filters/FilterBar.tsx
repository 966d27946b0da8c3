// The filters of a list: a search box, choices, and a way to clear them all.
import { Button, CloseButton, MultiSelect, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../Icon";
import { useHotkey } from "../keys/useHotkey";
import classes from "./FilterBar.module.css";

export type FilterValues = Record<string, string | string[] | undefined>;
type Choice = { value: string; label: string };

export type Filter =
  | { kind: "search"; key: string; label: string }
  | { kind: "text"; key: string; label: string }
  | { kind: "choice"; key: string; label: string; choices: Choice[]; searchable?: boolean }
  | { kind: "choices"; key: string; label: string; choices: Choice[] };

type Props = {
  filters: Filter[];
  values: FilterValues;
  /** An undefined value removes the filter. */
  onChange: (change: FilterValues) => void;
};

export function FilterBar({ filters, values, onChange }: Props) {
  const { t } = useTranslation("ui");
  const active = filters.filter(({ key }) => values[key]?.length);
  const clear = () => onChange(Object.fromEntries(active.map(({ key }) => [key, undefined])));
  return (
    <search className={classes.bar}>
      {filters.map((filter) => (
        <OneFilter
          key={filter.key}
          filter={filter}
          value={values[filter.key]}
          onChange={onChange}
        />
      ))}
      {active.length > 0 && (
        <Button variant="subtle" color="gray" onClick={clear}>
          {t("filters.clear")}
        </Button>
      )}
    </search>
  );
}

type OneProps = {
  filter: Filter;
  value: string | string[] | undefined;
  onChange: Props["onChange"];
};

function OneFilter({ filter, value, onChange }: OneProps) {
  const set = (next: string | string[] | null) =>
    onChange({ [filter.key]: next?.length ? next : undefined });
  if (filter.kind === "search" || filter.kind === "text") {
    const Box = filter.kind === "search" ? SearchBox : TextBox;
    return <Box label={filter.label} value={String(value ?? "")} onSearch={set} />;
  }
  if (filter.kind === "choice") {
    return (
      <Select
        className={classes.choice}
        aria-label={filter.label}
        placeholder={filter.label}
        data={filter.choices}
        value={typeof value === "string" ? value : null}
        onChange={set}
        clearable
        searchable={filter.searchable}
        data-active={value ? true : undefined}
      />
    );
  }
  const chosen = Array.isArray(value) ? value : value ? [value] : [];
  return (
    <MultiSelect
      className={classes.choice}
      aria-label={filter.label}
      placeholder={chosen.length ? undefined : filter.label}
      data={filter.choices}
      value={chosen}
      onChange={set}
      clearable
      searchable
    />
  );
}

type SearchProps = { label: string; value: string; onSearch: (text: string) => void };

/** The one that a key leads to. */
function SearchBox(props: SearchProps) {
  const { t } = useTranslation("ui");
  const input = useRef<HTMLInputElement>(null);
  useHotkey("Slash", t("keys.search"), () => input.current?.focus());
  const icon = <Icon name="search" size={14} />;
  return <TextBox {...props} className={classes.search} input={input} icon={icon} />;
}

type BoxProps = SearchProps & {
  className?: string;
  input?: RefObject<HTMLInputElement | null>;
  icon?: ReactNode;
};

function TextBox({ label, value, onSearch, className = classes.choice, input, icon }: BoxProps) {
  const { t } = useTranslation("ui");
  const [text, setText] = useState(value);
  const search = useDebouncedCallback(onSearch, 250);
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      ref={input}
      className={className}
      aria-label={label}
      placeholder={label}
      leftSection={icon}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
      rightSection={
        text ? (
          <CloseButton size="sm" aria-label={t("filters.clear")} onClick={() => onSearch("")} />
        ) : null
      }
    />
  );
}
