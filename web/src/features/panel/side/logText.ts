// A line of a request's history as a sentence, with names where numbers are stored.
import { useTranslation } from "react-i18next";
import { useOperatorChoices } from "@/features/operators";
import { useFormat } from "@/i18n/format";
import { storedText } from "@/i18n/stored";
import { isState } from "../talk/StatePill";
import type { LogLine } from "../types";
import { useNamed } from "./useNamed";

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "number") : [];
}

export function useLogText(): (line: LogLine) => string {
  const { t } = useTranslation(["requestLog", "panel"]);
  const { topicOf, tagsOf } = useNamed();
  const format = useFormat();
  const people = useOperatorChoices();

  const nameOf: Record<string, (value: unknown) => string | undefined> = {
    state: (value) =>
      typeof value === "string" && isState(value) ? t(`panel:state.${value}`) : undefined,
    subject_id: (value) => topicOf(Number(value))?.name,
    tag_ids: (value) =>
      tagsOf(numbers(value))
        .map(({ name }) => name)
        .join(", ") || t("requestLog:nothing"),
    assignee_id: (value) => people.find((one) => one.value === String(value))?.label,
  };
  nameOf.send_at = (value) => format.dateTime(String(value));
  nameOf.topic = nameOf.subject_id as (value: unknown) => string | undefined;
  nameOf.operator = nameOf.assignee_id as (value: unknown) => string | undefined;

  const shown = (field: string | null, value: unknown): string => {
    if (value === null || value === undefined || value === "") return t("requestLog:nothing");
    return nameOf[field ?? ""]?.(value) ?? String(value);
  };
  return ({ type, field, old, new: now, text }) =>
    storedText(`requestLog:log.${type}`, { old: shown(field, old), now: shown(field, now) }) ??
    (text || type);
}
