// The state of a run, and what began it, in words.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { StatusBadge } from "@/ui/StatusBadge";
import type { Run } from "./queries";
import { isKeyOf, isOneOf, runStatuses, triggers } from "./statuses";

export function RunBadge({ run }: { run: Pick<Run, "status" | "error"> }) {
  const { t } = useTranslation("dialogs");
  const { status } = run;
  const known = isKeyOf(runStatuses, status);
  return (
    <StatusBadge tone={known ? runStatuses[status] : "idle"} hint={run.error ?? undefined}>
      {known ? t(`runStatus.${status}`) : status}
    </StatusBadge>
  );
}

export function useTriggerName(): (trigger: string) => string {
  const { t } = useTranslation("dialogs");
  return useCallback(
    (trigger) => (isOneOf(triggers, trigger) ? t(`trigger.${trigger}`) : trigger),
    [t],
  );
}
