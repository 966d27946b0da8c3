// Whether the right side is there: a column where there is room, else a drawer.
import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { isUnderDialog } from "@/ui/keys/hotkeys";
import { useHotkey } from "@/ui/keys/useHotkey";
import { useSideMode } from "../data/side";
import { standsAt } from "../logic/side";
import type { Wanted } from "../types";

export type SideState = ReturnType<typeof useSide>;

export function useSide(number: number | undefined) {
  const { t } = useTranslation("panel");
  const wide = useMediaQuery("(min-width: 1280px)", undefined, { getInitialValueInEffect: false });
  const { mode, choose } = useSideMode();
  const [closedAt, setClosedAt] = useState<number>();
  const [drawn, setDrawn] = useState(false);
  const [wanted, setWanted] = useState<Wanted>(null);
  const stands = standsAt(number, mode, closedAt);
  const stand = (open: boolean) => {
    if (mode === "opens") setClosedAt(open ? undefined : number);
    else choose(open ? "pinned" : "closed");
  };
  const find = (field: Wanted) => {
    if (isUnderDialog() && !drawn) return;
    if (!wide) setDrawn(true);
    else if (!stands) stand(true);
    setWanted(field);
  };
  useHotkey("topic", t("keys.topic"), () => find("topic"));
  useHotkey("tags", t("keys.tags"), () => find("tags"));
  const found = useCallback(() => setWanted(null), []);
  const toggle = () => (wide ? stand(!stands) : setDrawn(!drawn));
  useHotkey("side", t("keys.side"), toggle);
  const isColumn = Boolean(wide) && stands;
  const isDrawn = !wide && drawn;
  const hide = () => setDrawn(false);
  return { isColumn, isDrawn, isOpen: isColumn || isDrawn, toggle, hide, wanted, found };
}
