// Keys that act on the opened request.
import { useTranslation } from "react-i18next";
import { isUnderDialog } from "@/ui/keys/hotkeys";
import { useHotkey } from "@/ui/keys/useHotkey";
import type { Asking } from "../asking/asking";
import { useTake } from "../data/actions";
import type { Details } from "../types";

export function useTalkKeys({ request, may }: Details, onAsk: (asking: Asking) => void): void {
  const { t } = useTranslation("panel");
  const take = useTake(request.id);
  useHotkey("take", t("keys.take"), () => {
    if (isUnderDialog()) return;
    if (may.includes("take")) take.mutate();
    else if (may.includes("transfer")) onAsk("transfer");
  });
  useHotkey("transfer", t("transfer.open"), () => {
    if (may.includes("transfer") && !isUnderDialog()) onAsk("transfer");
  });
  useHotkey("close", t("keys.close"), () => {
    if (may.includes("close") && !isUnderDialog()) onAsk("close");
  });
}
