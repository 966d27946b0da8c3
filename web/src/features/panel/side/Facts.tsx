// Names and values below each other; what is not known is left out.
import { Fragment } from "react";
import classes from "./Side.module.css";

export function Facts({ rows }: { rows: [string, string | null | undefined][] }) {
  return (
    <dl className={classes.facts}>
      {rows
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
