// Runs an action for the chosen rows and says at its end what was done, with a way back.
import { useTranslation } from "react-i18next";
import { showDone, showUndo } from "@/ui/feedback/notify";
import { type Outcome, useBulk } from "../../data/bulk";
import { type Change, nameOf, wayBack } from "../../logic/bulk";
import type { Request } from "../../types";
import type { Choosing } from "../useChoosing";

export function useMany(choosing: Choosing) {
  const { t } = useTranslation(["panel", "panelMany"]);
  const { going, run, takeBack, dismiss } = useBulk();

  const tell = (asked: Request[], change: Change, { done, unchanged }: Outcome) => {
    const name = nameOf(change);
    if (done.length === 0) {
      if (unchanged.length > 0) showDone(t(`panelMany:${name}.nothing`));
      return;
    }
    const message = t(`panelMany:${name}.done`, { count: done.length });
    const steps = wayBack(change, asked, done);
    if (steps.length === 0) {
      showDone(message);
      return;
    }
    showUndo(message, async () => {
      const failed = await takeBack(steps);
      if (failed > 0) showDone(t("panelMany:notBack", { count: failed }));
      else showDone(t("panelMany:back"));
    });
  };

  return {
    going,
    dismiss,
    run: async (asked: Request[], change: Change) => {
      const outcome = await run(asked, change);
      if (!outcome) return;
      tell(asked, change, outcome);
      choosing.set(outcome.failed.map(({ id }) => id));
    },
  };
}
