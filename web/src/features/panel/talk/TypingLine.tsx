// Who writes at the moment; its place stays when nobody does, so that nothing jumps.
import { useTranslation } from "react-i18next";
import { useOthersHere } from "../data/presence";
import classes from "./Talk.module.css";

export function TypingLine({ clientName }: { clientName: string }) {
  const { t } = useTranslation("panel");
  const { viewers, clientTypes } = useOthersHere();
  const writing = viewers.filter(({ typing }) => typing).map(({ name }) => name);
  const names = clientTypes ? [clientName, ...writing] : writing;
  return (
    <div className={classes.typing} aria-live="polite">
      {names.length > 0 && t("typing", { names: names.join(", "), count: names.length })}
    </div>
  );
}
