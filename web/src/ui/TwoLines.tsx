// A cell or heading with a main line and a quieter one below.
import type { ReactNode } from "react";
import classes from "./TwoLines.module.css";

export function TwoLines({ main, sub }: { main: ReactNode; sub?: ReactNode }) {
  return (
    <span className={classes.two}>
      <span className={classes.main}>{main}</span>
      {sub && <span className={classes.sub}>{sub}</span>}
    </span>
  );
}
