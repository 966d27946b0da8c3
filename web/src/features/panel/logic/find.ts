// Looking for words and days in a conversation.
export type Part = { text: string; isHit: boolean };

/** The text in parts, those that are looked for marked. */
export function partsOf(text: string, words: string): Part[] {
  if (!words) return [{ text, isHit: false }];
  const literal = words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text
    .split(new RegExp(`(${literal})`, "giu"))
    .map((part, index) => ({ text: part, isHit: index % 2 === 1 }))
    .filter((part) => part.text !== "");
}

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

/** The moment at which a day ("2026-05-04") begins for whoever lives in the zone. */
export function beginningOf(day: string, timeZone: string): string {
  const there = Date.parse(`${day}T00:00:00Z`);
  const guess = there - offsetMs(there, timeZone);
  // The clock may have been changed between the guess and the day.
  return new Date(there - offsetMs(guess, timeZone)).toISOString();
}

/** The day of a moment in the zone, as date fields have it. */
export function dayOf(moment: number, timeZone: string): string {
  return new Date(moment + offsetMs(moment, timeZone)).toISOString().slice(0, 10);
}
