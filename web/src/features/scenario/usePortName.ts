// Ports by words: the author's own label, else the catalogue's or the interface's name.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Port } from "./graph/ports";
import { useActions } from "./useActions";

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

type Word = (typeof named)[number];

function isNamed(id: string): id is Word {
  return (named as readonly string[]).includes(id);
}

type Named = Pick<Port, "id" | "label" | "action">;

export function usePortName(): (port: Named) => string {
  const { t } = useTranslation("scenario");
  const { data: actions } = useActions();
  return useCallback(
    ({ id, label, action }) => {
      if (label !== null) return label;
      const ports = action ? actions?.find((one) => one.id === action)?.ports : undefined;
      const told = ports?.find((one) => one.id === id)?.label;
      return told ?? (isNamed(id) ? t(`ports.${id}`) : id);
    },
    [t, actions],
  );
}
