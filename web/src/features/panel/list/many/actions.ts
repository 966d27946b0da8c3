// What can be done to the chosen requests, as the bar and the menu of a row show it.
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import type { IconName } from "@/ui/Icon";
import type { Change } from "../../logic/bulk";
import type { AskingMany } from "./ManyDialog";

export type ManyAction = { icon: IconName; label: string; run: () => void };

export function useManyActions(
  onAsk: (asking: AskingMany) => void,
  onRun: (change: Change) => void,
): ManyAction[] {
  const { t } = useTranslation("panelMany");
  const can = useCan();
  const found: (ManyAction | false)[] = [
    can("requests.assign_any")
      ? { icon: "user", label: t("assign.open"), run: () => onAsk("assign") }
      : can("requests.take") && {
          icon: "user",
          label: t("take.open"),
          run: () => onRun({ take: {} }),
        },
    can("requests.edit") && { icon: "tag", label: t("tags.open"), run: () => onAsk("tags") },
    can("requests.edit") && { icon: "flow", label: t("topic.open"), run: () => onAsk("topic") },
    { icon: "checks", label: t("read.open"), run: () => onRun({ read: {} }) },
    can("requests.close") && { icon: "check", label: t("close.open"), run: () => onAsk("close") },
  ];
  return found.filter((one) => one !== false);
}
