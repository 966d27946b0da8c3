// The clock of a time zone: what fields of dates and times hold for a moment, and back.

const minuteText = "2026-05-04T10:00".length;

function offsetMs(moment: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = Object.fromEntries(
    format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - moment;
}

/** The moment at which clocks of the zone show a minute, "2026-05-04T10:00". */
export function momentAt(minute: string, timeZone: string): Date {
  const there = Date.parse(`${minute}:00Z`);
  const guess = there - offsetMs(there, timeZone);
  // The clock may have been changed between the guess and the minute.
  return new Date(there - offsetMs(guess, timeZone));
}

/** The minute of a moment in the zone, as fields of date and time have it. */
export function minuteOf(moment: number, timeZone: string): string {
  const whole = Math.floor(moment / 1000) * 1000;
  return new Date(whole + offsetMs(whole, timeZone)).toISOString().slice(0, minuteText);
}
