// Counts by day as bars; the same as a table for those who hear the page.
import type { CSSProperties } from "react";
import { useFormat } from "@/i18n/format";
import { barsOf, type Series } from "./bars";
import classes from "./DayBars.module.css";

type Props = { label: string; dayLabel: string; days: string[]; series: Series[] };

const colored = (color: string) => ({ "--series": color }) as CSSProperties;
/** Noon: the same day wherever one looks from. */
const noon = (day: string) => `${day}T12:00:00Z`;

export function DayBars({ label, dayLabel, days, series }: Props) {
  const format = useFormat();
  const said = (day: number) =>
    series.map(({ name, values }) => `${name}: ${format.number(values[day] ?? 0)}`).join(", ");
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure className={classes.chart} aria-label={label}>
      <ul className={classes.legend} aria-hidden>
        {series.map(({ name, color, values }) => (
          <li key={name} style={colored(color)}>
            <i />
            {name} <b>{format.number(values.reduce((sum, value) => sum + value, 0))}</b>
          </li>
        ))}
      </ul>
      <svg
        className={classes.bars}
        viewBox={`0 0 ${days.length} 100`}
        preserveAspectRatio="none"
        aria-hidden
      >
        {days.map((day, at) => (
          <g key={day}>
            <title>{`${format.date(noon(day))}: ${said(at)}`}</title>
            <rect className={classes.whole} x={at} y={0} width={1} height={100} />
            {barsOf(series, at).map(({ series: of, ...box }) => (
              <rect key={of} {...box} style={colored(series[of]?.color ?? "")} />
            ))}
          </g>
        ))}
      </svg>
      <div className={classes.ends} aria-hidden>
        <span>{first && format.day(noon(first))}</span>
        <span>{last && format.day(noon(last))}</span>
      </div>
      <Heard {...{ label, dayLabel, days, series }} />
    </figure>
  );
}

function Heard({ label, dayLabel, days, series }: Props) {
  const format = useFormat();
  return (
    <table className="visually-hidden">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th>{dayLabel}</th>
          {series.map(({ name }) => (
            <th key={name}>{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day, at) => (
          <tr key={day}>
            <th>{format.date(noon(day))}</th>
            {series.map(({ name, values }) => (
              <td key={name}>{format.number(values[at] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
