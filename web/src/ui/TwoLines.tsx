// A cell or heading with a main line and a quieter one below.
import type { ReactNode } from "react";
import classes from "./TwoLines.module.css";

type Props = { main: ReactNode; sub?: ReactNode; face?: ReactNode };

export function TwoLines({ main, sub, face }: Props) {
  const lines = (
    <span className={classes.two}>
      <span className={classes.main}>{main}</span>
      {sub && <span className={classes.sub}>{sub}</span>}
    </span>
  );
  if (!face) return lines;
  return (
    <span className={classes.faced}>
      {face}
      {lines}
    </span>
  );
}
