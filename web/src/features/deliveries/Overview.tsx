// Deliveries at a glance: how many in each state, and when.
import { Tooltip } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { type Bucket, bucketsOf, countsOf, totalOf } from "./buckets";
import classes from "./Overview.module.css";
import {
  type Delivery,
  type DeliveryFilters,
  type Status,
  sampleSize,
  statuses,
  useSample,
} from "./queries";
import { tones } from "./StatusWord";

type Props = {
  filters: DeliveryFilters;
  onStatus: (status: Status | undefined) => void;
  onPeriod: (from: string, to: string) => void;
};

export function Overview({ filters, onStatus, onPeriod }: Props) {
  const { t } = useTranslation("deliveries");
  const format = useFormat();
  const rows = useSample(filters).data;
  const counts = useMemo(() => rows && countsOf(rows), [rows]);
  return (
    <div className={classes.overview}>
      <fieldset className={classes.counts}>
        <legend className="visually-hidden">{t("byStatus")}</legend>
        {statuses.map((status) => {
          const isChosen = filters.status === status;
          return (
            <button
              key={status}
              type="button"
              className={classes.count}
              data-tone={tones[status]}
              aria-pressed={isChosen}
              onClick={() => onStatus(isChosen ? undefined : status)}
            >
              <b>{counts ? format.number(counts[status] ?? 0) : "–"}</b>
              <span>{t(`status.${status}`)}</span>
            </button>
          );
        })}
      </fieldset>
      {rows && rows.length > 1 && <Strip rows={rows} onPeriod={onPeriod} />}
    </div>
  );
}

type StripProps = { rows: Delivery[]; onPeriod: Props["onPeriod"] };

const order: Status[] = ["delivered", "cancelled", "pending", "retrying", "failed"];

function Strip({ rows, onPeriod }: StripProps) {
  const { t } = useTranslation("deliveries");
  const format = useFormat();
  const buckets = useMemo(() => bucketsOf(rows), [rows]);
  const highest = Math.max(1, ...buckets.map(totalOf));
  const first = buckets[0];
  const last = buckets.at(-1);
  const from = first && format.dateTime(first.from);
  const to = last && format.dateTime(last.to);
  const textOf = (bucket: Bucket) => {
    const parts = order
      .filter((status) => bucket.counts[status])
      .map((status) => `${t(`status.${status}`)}: ${bucket.counts[status]}`);
    return `${format.dateTime(bucket.from)} – ${format.time(bucket.to)}. ${parts.join(", ")}`;
  };
  return (
    <figure className={classes.strip}>
      <div className={classes.bars}>
        {buckets.map((bucket) => {
          const total = totalOf(bucket);
          if (total === 0) return <span key={bucket.from} className={classes.bar} />;
          return (
            <Tooltip key={bucket.from} label={textOf(bucket)} openDelay={0}>
              <button
                type="button"
                className={classes.bar}
                aria-label={textOf(bucket)}
                onClick={() =>
                  onPeriod(new Date(bucket.from).toISOString(), new Date(bucket.to).toISOString())
                }
              >
                {order.map((status) => (
                  <span
                    key={status}
                    data-status={status}
                    style={{ height: `${((bucket.counts[status] ?? 0) / highest) * 100}%` }}
                  />
                ))}
              </button>
            </Tooltip>
          );
        })}
      </div>
      <figcaption className={classes.axis}>
        <span>{from}</span>
        <span>
          {rows.length === sampleSize
            ? t("newest", { count: rows.length })
            : t("all", { count: rows.length })}
        </span>
        {to !== from && <span>{to}</span>}
      </figcaption>
    </figure>
  );
}
