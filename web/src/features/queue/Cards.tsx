// The queue in numbers: how many, how long, who could help, what to expect by topic.
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { ColorChip } from "@/ui/color/ColorChip";
import { RunningTime } from "@/ui/time/RunningTime";
import classes from "./Queue.module.css";
import type { Queue } from "./queries";

export function Cards({ queue }: { queue: Queue | undefined }) {
  const { t } = useTranslation("queue");
  const format = useFormat();
  const lasting = (seconds: number | null | undefined) =>
    seconds === null || seconds === undefined ? "–" : format.duration(seconds * 1000);
  const nobody = queue !== undefined && queue.in_queue > 0 && queue.operators_able === 0;
  return (
    <section className={classes.cards} aria-label={t("cards")}>
      <dl className={classes.numbers}>
        <Card label={t("inQueue")}>{queue?.in_queue ?? "–"}</Card>
        <Card label={t("longest")}>
          <RunningTime since={queue?.longest_since} />
        </Card>
        <Card label={t("average")}>{lasting(queue?.average_wait_s)}</Card>
        <Card label={t("able")} tone={nobody ? "bad" : undefined}>
          {queue?.operators_able ?? "–"}
        </Card>
      </dl>
      {queue && queue.topics.length > 0 && (
        <div className={classes.topics}>
          <h2 className={classes.topicsTitle}>{t("byTopic")}</h2>
          <ul>
            {queue.topics.map(({ subject, waiting, expected_wait_s }) => (
              <li key={subject?.id ?? 0}>
                <ColorChip color={subject?.color} plain>
                  {subject?.name ?? t("noTopic")}
                </ColorChip>
                <span className={classes.waiting}>{t("waiting", { count: waiting })}</span>
                <span className={classes.expected}>
                  {expected_wait_s === null
                    ? t("unknownWait")
                    : t("expected", { time: lasting(expected_wait_s) })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

type CardProps = { label: string; tone?: "bad"; children: React.ReactNode };

function Card({ label, tone, children }: CardProps) {
  return (
    <div className={classes.card} data-tone={tone}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
