// Whether a webhook works, in a word.
import { useTranslation } from "react-i18next";
import { StatusBadge } from "@/ui/StatusBadge";
import type { Webhook } from "./queries";

export type State = "ok" | "unused" | "failing" | "paused" | "disabled";

type Endpoint = Pick<
  Webhook,
  "status" | "failing_since" | "last_success_at" | "disabled_reason" | "last_error"
>;

export function stateOf(webhook: Endpoint): State {
  if (webhook.status === "paused") return "paused";
  if (webhook.status !== "active") return "disabled";
  if (webhook.failing_since) return "failing";
  return webhook.last_success_at ? "ok" : "unused";
}

const tones = {
  ok: "ok",
  unused: "idle",
  failing: "bad",
  paused: "warn",
  disabled: "bad",
} as const;

export function WebhookState({ webhook }: { webhook: Endpoint }) {
  const { t } = useTranslation("webhooks");
  const state = stateOf(webhook);
  const hint = webhook.disabled_reason ?? webhook.last_error;
  return (
    <StatusBadge
      tone={tones[state]}
      hint={state === "failing" || state === "disabled" ? (hint ?? undefined) : undefined}
    >
      {t(`state.${state}`)}
    </StatusBadge>
  );
}
