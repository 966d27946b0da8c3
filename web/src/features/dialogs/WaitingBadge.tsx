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

type Props = {
  dialog: Dialog /** Outside a column that says it: "Waits for: an answer". */;
  whole?: boolean;
};

export function WaitingBadge({ dialog, whole = false }: Props) {
  const { t } = useTranslation("dialogs");
  const format = useFormat();
  const { waiting, deadline_at, parked } = dialog;
  const known = isOneOf(waitings, waiting);
  const what = known ? t(`waiting.${waiting}`) : waiting;
  const sentence = !whole
    ? what
    : waiting === "none"
      ? t("waitsForNothing")
      : t("waitsFor", { what });
  const hint = [
    deadline_at && t("until", { at: format.dateTime(deadline_at) }),
    parked > 0 && t("parked", { count: parked }),
  ].filter(Boolean);
  return (
    <StatusBadge
      tone={known ? tones[waiting] : "idle"}
      hint={hint.length ? hint.join(". ") : undefined}
    >
      {sentence}
    </StatusBadge>
  );
}
