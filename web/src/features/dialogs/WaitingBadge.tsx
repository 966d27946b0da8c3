// What the scenario waits for in a dialog.
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import type { Dialog } from "./queries";
import { isOneOf, waitings } from "./statuses";

const tones: Record<(typeof waitings)[number], Tone> = {
  input: "warn",
  keyboard: "warn",
  action: "info",
  delay: "info",
  none: "idle",
};

export function WaitingBadge({ dialog }: { dialog: Dialog }) {
  const { t } = useTranslation("dialogs");
  const format = useFormat();
  const { waiting, deadline_at, parked } = dialog;
  const known = isOneOf(waitings, waiting);
  const hint = [
    deadline_at && t("until", { at: format.dateTime(deadline_at) }),
    parked > 0 && t("parked", { count: parked }),
  ].filter(Boolean);
  return (
    <StatusBadge
      tone={known ? tones[waiting] : "idle"}
      hint={hint.length ? hint.join(". ") : undefined}
    >
      {known ? t(`waiting.${waiting}`) : waiting}
    </StatusBadge>
  );
}
