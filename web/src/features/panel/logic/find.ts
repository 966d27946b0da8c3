// Looking for words and days in a conversation.
import { minuteOf, momentAt } from "./zone";

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

/** The moment at which a day ("2026-05-04") begins for whoever lives in the zone. */
export function beginningOf(day: string, timeZone: string): string {
  return momentAt(`${day}T00:00`, timeZone).toISOString();
}

/** The day of a moment in the zone, as date fields have it. */
export function dayOf(moment: number, timeZone: string): string {
  return minuteOf(moment, timeZone).slice(0, 10);
}
