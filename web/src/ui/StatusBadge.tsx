// A state in words with a tone; never colour alone.
import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./StatusBadge.module.css";

export type Tone = "ok" | "warn" | "bad" | "info" | "idle";

type Props = { tone: Tone; children: ReactNode; hint?: ReactNode; dot?: boolean };

export function StatusBadge({ tone, children, hint, dot = true }: Props) {
  const badge = (
    <span className={classes.badge} data-tone={tone} {...(hint ? { tabIndex: 0 } : {})}>
      {dot && <span className={classes.dot} aria-hidden="true" />}
      <span className={classes.words}>{children}</span>
    </span>
  );
  return hint ? (
    <Tooltip label={hint} events={{ hover: true, focus: true, touch: true }}>
      {badge}
    </Tooltip>
  ) : (
    badge
  );
}
