// The topic of a request: the tree of active topics, with search.
import { Select } from "@mantine/core";
import { type Ref, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSettableTopics, useTopics } from "@/features/topics";
import type { Named } from "../types";
import classes from "./Side.module.css";

type Props = {
  value: number | null;
  onChange: (id: number | null) => void;
  /** What is chosen now, shown also when it is not active any more. */
  current?: Named | null;
  placeholder?: string;
  error?: string;
  disabled?: boolean;
  required?: boolean;
  ref?: Ref<HTMLInputElement>;
  "data-autofocus"?: boolean;
  openOnFocus?: boolean;
  /** Also topics of other skill groups: the chat goes to those who serve them. */
  handsOn?: boolean;
};

const indent = 14;

export function TopicPicker({ value, onChange, current, handsOn, ...rest }: Props) {
  const { t } = useTranslation("panel");
  const { data } = useTopics();
  const settable = useSettableTopics();
  const active = useMemo(
    () =>
      (data ?? []).filter(
        ({ id, active }) => active && (handsOn || !settable || settable.includes(id)),
      ),
    [data, settable, handsOn],
  );
  const byId = useMemo(() => new Map(active.map((topic) => [String(topic.id), topic])), [active]);
  const options = active.map(({ id, path }) => ({ value: String(id), label: path }));
  if (current && !byId.has(String(current.id))) {
    options.unshift({ value: String(current.id), label: current.name });
  }
  return (
    <Select
      label={t("topic")}
      placeholder={t("topicNone")}
      data={options}
      value={value === null ? null : String(value)}
      onChange={(chosen) => onChange(chosen === null ? null : Number(chosen))}
      searchable
      selectFirstOptionOnChange
      clearable
      clearButtonProps={{ "aria-label": t("topicClear") }}
      nothingFoundMessage={t("topicNotFound")}
      renderOption={({ option }) => {
        const topic = byId.get(option.value);
        const space = (topic?.depth ?? 0) * indent;
        return (
          <span className={classes.option} style={{ paddingLeft: space }} title={option.label}>
            {topic?.name ?? option.label}
          </span>
        );
      }}
      {...rest}
    />
  );
}
