// A value as a tree that folds; keys and scalars are selectable text.
import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";
import classes from "./JsonView.module.css";

type Props = {
  value: unknown;
  /** Levels open at first. */
  open?: number;
  label?: string;
};

export function JsonView({ value, open = 2, label }: Props) {
  return (
    <section className={classes.view} aria-label={label} translate="no">
      <Node name={null} value={value} open={open} />
    </section>
  );
}

type NodeProps = { name: string | null; value: unknown; open: number };

function Node({ name, value, open }: NodeProps) {
  if (value !== null && typeof value === "object") {
    return <Branch name={name} value={value} open={open} />;
  }
  return (
    <div className={classes.leaf}>
      {name !== null && <span className={classes.name}>{name}: </span>}
      <span data-kind={value === null ? "null" : typeof value} className={classes.scalar}>
        {JSON.stringify(value) ?? "undefined"}
      </span>
    </div>
  );
}

function Branch({ name, value, open }: { name: string | null; value: object; open: number }) {
  const { t } = useTranslation("ui");
  const [opened, setOpened] = useState(open > 0);
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const marks = isList ? "[ ]" : "{ }";
  if (entries.length === 0) {
    return (
      <div className={classes.leaf}>
        {name !== null && <span className={classes.name}>{name}: </span>}
        {marks}
      </div>
    );
  }
  return (
    <div>
      <UnstyledButton
        className={classes.branch}
        aria-expanded={opened}
        onClick={() => setOpened(!opened)}
      >
        <Icon name={opened ? "chevronDown" : "chevronRight"} size={12} />
        {name !== null && <span className={classes.name}>{name}</span>}
        <span className={classes.count}>
          {marks} {t("json.items", { count: entries.length })}
        </span>
      </UnstyledButton>
      {opened && (
        <div className={classes.children}>
          {entries.map(([key, child]) => (
            <Node key={key} name={key} value={child} open={open - 1} />
          ))}
        </div>
      )}
    </div>
  );
}
