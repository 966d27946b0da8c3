// Ports by words: the author's own label, else the interface's name for the usual ones.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Port } from "./graph/ports";

const named = [
  "next",
  "failed",
  "timeout",
  "else",
  "item",
  "more",
  "done",
  "error",
  "ok",
  "not_ok",
  "success",
  "empty",
  "found",
  "true",
  "false",
  "valid",
  "invalid",
  "default",
  "return",
  "banned",
  "limit",
] as const;

type Named = (typeof named)[number];

function isNamed(id: string): id is Named {
  return (named as readonly string[]).includes(id);
}

export function usePortName(): (port: Pick<Port, "id" | "label">) => string {
  const { t } = useTranslation("scenario");
  return useCallback(({ id, label }) => label ?? (isNamed(id) ? t(`ports.${id}`) : id), [t]);
}
