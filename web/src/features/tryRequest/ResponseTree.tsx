// An answer as a tree whose values can be kept in variables by a click.
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { pathOf, type Step } from "./mapping";
import classes from "./TryRequest.module.css";

type Props = { value: unknown; onPick: (steps: Step[]) => void };

/** More than this of one list is not drawn: its first places show what all look like. */
const most = 50;

export function ResponseTree({ value, onPick }: Props) {
  const { t } = useTranslation("tryRequest");
  return (
    <ul className={classes.tree} aria-label={t("answer")} translate="no">
      <Branch steps={[]} value={value} onPick={onPick} />
    </ul>
  );
}

function Branch({ steps, value, onPick }: Props & { steps: Step[] }) {
  const { t } = useTranslation("tryRequest");
  const isTree = typeof value === "object" && value !== null;
  const isList = Array.isArray(value);
  const entries: [Step, unknown][] = isList
    ? value.map((item, index) => [index, item])
    : Object.entries(isTree ? value : {});
  const name = steps.at(-1);
  const path = pathOf(steps);
  return (
    <li>
      <UnstyledButton
        className={classes.pick}
        aria-label={t("map", { path })}
        onClick={() => onPick(steps)}
      >
        <Icon name="plus" size={12} />
        {name !== undefined && <span className={classes.name}>{name}</span>}
        <span>{isTree ? (isList ? "[ ]" : "{ }") : (JSON.stringify(value) ?? "")}</span>
      </UnstyledButton>
      {entries.length > 0 && (
        <ul>
          {entries.slice(0, most).map(([key, child]) => (
            <Branch key={key} steps={[...steps, key]} value={child} onPick={onPick} />
          ))}
          {entries.length > most && <li>{t("more", { count: entries.length - most })}</li>}
        </ul>
      )}
    </li>
  );
}
