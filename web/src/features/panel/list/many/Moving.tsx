// How far an action for many requests is.
import { Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Going } from "../../data/bulk";
import { nameOf } from "../../logic/bulk";
import classes from "./Many.module.css";

const whole = 100;

export function Moving({ going }: { going: Going }) {
  const { t } = useTranslation(["panel", "panelMany"]);
  const { asked, done, unchanged, failed, change } = going;
  const settled = done.length + unchanged.length + failed.length;
  const label = t(`panelMany:${nameOf(change)}.going`, { settled, total: asked.length });
  return (
    <div className={classes.moving}>
      <output>{label}</output>
      <Progress.Root size="sm">
        <Progress.Section
          value={(settled / asked.length) * whole}
          aria-label={label}
          aria-valuetext={label}
        />
      </Progress.Root>
    </div>
  );
}
