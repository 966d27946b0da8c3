// Where a request stands, in one word.
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import type { Request } from "../types";

const tones = {
  new: "info",
  queue: "warn",
  open: "warn",
  in_progress: "ok",
  on_pause: "idle",
  resolved: "ok",
  closed: "idle",
} as const satisfies Record<string, Tone>;

export type State = keyof typeof tones;

export function isState(word: string): word is State {
  return word in tones;
}

export function StatePill({ request }: { request: Request }) {
  const { t } = useTranslation("panel");
  const format = useFormat();
  const { state, paused_until } = request;
  const hint = paused_until && t("pausedUntil", { at: format.dateTime(paused_until) });
  return (
    <StatusBadge tone={isState(state) ? tones[state] : "idle"} hint={hint || undefined}>
      {isState(state) ? t(`state.${state}`) : state}
    </StatusBadge>
  );
}
