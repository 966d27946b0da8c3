// The tries of a delivery along a line of time, each with what was answered.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { prettyJson } from "@/ui/prettyJson";
import { ScrollCode } from "@/ui/ScrollCode";
import { StatusBadge } from "@/ui/StatusBadge";
import classes from "./Delivery.module.css";
import type { Attempt } from "./queries";

type Props = { attempts: Attempt[] };

function isGood({ http_status, error }: Attempt): boolean {
  return http_status != null && http_status >= 200 && http_status < 300 && !error;
}

export function Attempts({ attempts }: Props) {
  const { t } = useTranslation("deliveries");
  const format = useFormat();
  if (attempts.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t("noAttempts")}
      </Text>
    );
  }
  return (
    <ol className={classes.timeline}>
      {attempts.map((attempt, index) => (
        <li key={attempt.at} data-good={isGood(attempt)}>
          <div className={classes.attempt}>
            <b>{t("attempt", { number: index + 1 })}</b>
            <StatusBadge tone={isGood(attempt) ? "ok" : "bad"}>
              {attempt.http_status ?? t("noAnswer")}
            </StatusBadge>
            <span>{format.duration(attempt.ms ?? 0)}</span>
            {attempt.manual && <span>{t("byHand")}</span>}
            <time dateTime={attempt.at}>{format.exact(attempt.at)}</time>
          </div>
          {attempt.error && <p className={classes.error}>{attempt.error}</p>}
          {attempt.response && (
            <ScrollCode className={classes.code}>{prettyJson(attempt.response)}</ScrollCode>
          )}
        </li>
      ))}
    </ol>
  );
}
