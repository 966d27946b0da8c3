// Alt and the arrows go through the list in the order it is shown; Escape leaves the request.
import { useNavigate } from "@tanstack/react-router";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { isUnderDialog } from "@/ui/keys/hotkeys";
import { useHotkey } from "@/ui/keys/useHotkey";

export function useListKeys(order: RefObject<number[]>, current: number | undefined): void {
  const { t } = useTranslation("panel");
  const navigate = useNavigate();
  const open = (number: number | undefined) =>
    navigate({
      to: "/operator_panel/requests/{-$number}",
      params: { number: number === undefined ? undefined : String(number) },
      search: true,
    });
  const step = (by: number) => {
    if (isUnderDialog()) return;
    const ids = order.current;
    const at = current === undefined ? -1 : ids.indexOf(current);
    const next = at < 0 ? ids[0] : ids[at + by];
    if (next !== undefined) void open(next);
  };
  useHotkey("previous", t("keys.previous"), () => step(-1));
  useHotkey("next", t("keys.next"), () => step(1));
  // The composer and the rows answer to these themselves; here they are told of.
  useHotkey("send", t("keys.enter"), () => false);
  useHotkey("new_line", t("keys.newLine"), () => false);
  useHotkey("leave", t("keys.leave"), () => {
    if (current === undefined) return false;
    void open(undefined);
    return true;
  });
}
