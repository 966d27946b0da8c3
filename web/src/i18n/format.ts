// Dates, numbers and durations by the interface's language and the user's time zone.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useZone } from "./zone";

type Moment = string | number | Date;

const locales: Record<string, string> = { en: "en-GB", uk: "uk-UA" };
const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function makeFormat(language: string, timeZone: string) {
  const locale = locales[language] ?? language;
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (moment: Moment) => format.format(new Date(moment));
  };
  const numbers = new Intl.NumberFormat(locale);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "long" });
  const oneDigit = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

  return {
    timeZone,
    date: dates({ dateStyle: "medium" }),
    /** Without the year, where space is short. */
    day: dates({ day: "numeric", month: "short" }),
    time: dates({ timeStyle: "short" }),
    dateTime: dates({ dateStyle: "medium", timeStyle: "short" }),
    /** With seconds and the zone's name, for tooltips and logs. */
    exact: dates({
      year: "numeric",
      month: "short",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      timeZoneName: "short",
    }),
    number: (value: number) => numbers.format(value),
    /** "3 minutes ago", "in 2 days"; under 10 seconds "now". */
    relative: (moment: Moment, now: number = Date.now()) => {
      const seconds = (new Date(moment).getTime() - now) / 1000;
      for (const [unit, size] of steps) {
        if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
      }
      const whole = Math.trunc(seconds);
      return relative.format(Math.abs(whole) < 10 ? 0 : whole, "second");
    },
    /** Milliseconds below a second, else seconds with one digit, else minutes. */
    duration: (ms: number) => {
      const unit = (value: number, name: string) =>
        // British short units say "secs" and "mins".
        new Intl.NumberFormat(language, {
          style: "unit",
          unit: name,
          unitDisplay: "short",
          maximumFractionDigits: value < 10 ? 1 : 0,
        }).format(value);
      if (ms < 1000) return unit(ms, "millisecond");
      if (ms < 60_000) return unit(ms / 1000, "second");
      if (ms < 3_600_000) return unit(ms / 60_000, "minute");
      if (ms < 86_400_000) return unit(ms / 3_600_000, "hour");
      return unit(ms / 86_400_000, "day");
    },
    bytes: (size: number) => {
      const units = ["B", "KB", "MB", "GB", "TB"];
      const power = size < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(size) / 3));
      return `${oneDigit.format(size / 1000 ** power)} ${units[power]}`;
    },
  };
}

type Format = ReturnType<typeof makeFormat>;

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const zone = useZone();
  return useMemo(() => makeFormat(i18n.language, zone), [i18n.language, zone]);
}
