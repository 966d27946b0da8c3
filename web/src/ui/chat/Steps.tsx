// What the system tells at the top of a chat: the last steps before it, and what only operators read.
import { useTranslation } from "react-i18next";
import { Bubble } from "./Bubble";
import classes from "./Steps.module.css";

type Step = { seq: number; author_kind: string; author_name: string; text: string };
type Told = { steps: Step[]; private_text: string };

/** Null for every other line of the system. */
export function toldBefore({ content }: { content?: object | null }): Told | null {
  const {
    line,
    steps = [],
    private_text = "",
  } = (content ?? {}) as Partial<Told> & {
    line?: unknown;
  };
  return line === "history" ? { steps, private_text } : null;
}

type Props = { told: Told; place?: number; isSpot?: boolean };

export function Steps({ told: { steps, private_text }, place, isSpot }: Props) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const nameOf = ({ author_name, author_kind }: Step) =>
    author_name || t(author_kind === "bot" ? "panel:bot" : "panel:theClient");
  return (
    <Bubble side="note" place={place} isSpot={isSpot}>
      <div className={classes.steps}>
        {steps.length > 0 && <h3>{t("panelTalk:steps")}</h3>}
        {steps.map((step) => (
          <p key={step.seq}>
            <b>{nameOf(step)}:</b> {step.text}
          </p>
        ))}
        {private_text && <p data-private>{private_text}</p>}
      </div>
    </Bubble>
  );
}
