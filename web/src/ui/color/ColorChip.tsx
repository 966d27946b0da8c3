// A name with its colour: a topic, a tag, a status. The words carry the meaning, the dot helps.
import type { ReactNode } from "react";
import classes from "./Color.module.css";
import { cssColor } from "./palette";

type Props = { color?: string | null; children: ReactNode; muted?: boolean; plain?: boolean };

export function ColorDot({ color }: { color?: string | null }) {
  return <span className={classes.dot} style={{ background: cssColor(color) }} aria-hidden />;
}

/** `plain` leaves out the chip's ground: in a cell of a table. */
export function ColorChip({ color, children, muted, plain }: Props) {
  return (
    <span className={plain ? classes.plain : classes.chip} data-muted={muted || undefined}>
      <ColorDot color={color} />
      <span className={classes.name}>{children}</span>
    </span>
  );
}
