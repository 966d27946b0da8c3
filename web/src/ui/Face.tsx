// Somebody by the picture, or the first letters of the name; the name is for the hint and the ear.
import { Tooltip } from "@mantine/core";
import classes from "./Face.module.css";

type Props = { name: string; size?: number; staff?: boolean; hint?: string } & {
  picture?: string | null;
};

function lettersOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.slice(0, 2).map((word) => word.charAt(0));
  return letters.join("").toLocaleUpperCase() || "?";
}

/** Silent where the name stands beside it; with a hint it says who it is. */
export function Face({ name, size = 32, staff, hint, picture }: Props) {
  const face = (
    <span
      className={classes.face}
      data-staff={staff || undefined}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.38) }}
      {...(hint ? { role: "img", "aria-label": hint } : { "aria-hidden": true })}
    >
      {lettersOf(name)}
      {picture && <img src={picture} alt="" loading="lazy" className={classes.picture} />}
    </span>
  );
  return hint ? <Tooltip label={hint}>{face}</Tooltip> : face;
}
