// What a step did towards the outside, in a line; its calls are shown apart.
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "@/ui/Icon";
import classes from "./Run.module.css";
import { isOneOf } from "./statuses";

const kinds = ["say", "edit", "delete", "typing", "run_ended", "output"] as const;
const icons: Record<(typeof kinds)[number], IconName> = {
  say: "bot",
  edit: "edit",
  delete: "trash",
  typing: "dots",
  run_ended: "check",
  output: "send",
};

function buttonsOf(effect: Record<string, unknown>): string[] {
  const keyboard = effect.keyboard as { buttons?: { text?: string }[] } | undefined;
  return (keyboard?.buttons ?? []).map(({ text }) => text ?? "").filter(Boolean);
}

export function EffectLine({ effect }: { effect: Record<string, unknown> }) {
  const { t } = useTranslation("dialogs");
  const type = String(effect.type);
  if (!isOneOf(kinds, type)) return null;
  const said = typeof effect.text === "string" ? effect.text : "";
  const values = type === "output" ? JSON.stringify(effect.values) : "";
  return (
    <div className={classes.event}>
      <Icon name={icons[type]} size={14} />
      <span>{t(`effect.${type}`)}</span>
      <b className={classes.said}>{said || values}</b>
      {buttonsOf(effect).map((text) => (
        <span key={text} className={classes.chip}>
          {text}
        </span>
      ))}
    </div>
  );
}
