// How long the client waits for an answer, in whole units.
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Icon } from "@/ui/Icon";
import { useNow } from "@/ui/time/clock";
import classes from "./Row.module.css";

const minuteMs = 60_000;

export function WaitClock({ since }: { since: string }) {
  const { t } = useTranslation("panel");
  const format = useFormat();
  const waited = useNow() - Date.parse(since);
  const whole = Math.max(1, Math.floor(waited / minuteMs)) * minuteMs;
  const shown = waited < minuteMs ? t("list.justNow") : format.duration(whole);
  return (
    <span className={classes.wait}>
      <Icon name="clock" size={12} label={t("list.waits")} />
      {shown}
    </span>
  );
}
