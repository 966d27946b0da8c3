// Moments that a reply is often put off to, by the clock of whoever writes it.
import { minuteOf, momentAt } from "../../logic/zone";

type Moment = { name: "hour" | "evening" | "tomorrow" | "monday"; at: Date };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function atClock(moment: number, clock: string, timeZone: string): Date {
  return momentAt(`${minuteOf(moment, timeZone).slice(0, 10)}T${clock}`, timeZone);
}

function daysToMonday(moment: number, timeZone: string): number {
  const day = new Date(`${minuteOf(moment, timeZone)}:00Z`).getUTCDay();
  return (8 - day) % 7 || 7;
}

/** In an hour, this evening while it is ahead, tomorrow morning, Monday morning unless that is tomorrow. */
export function momentsAfter(now: number, timeZone: string): Moment[] {
  const toMonday = daysToMonday(now, timeZone);
  const found: Moment[] = [
    { name: "hour", at: new Date(now + hourMs) },
    { name: "evening", at: atClock(now, "18:00", timeZone) },
    { name: "tomorrow", at: atClock(now + dayMs, "09:00", timeZone) },
    { name: "monday", at: atClock(now + toMonday * dayMs, "09:00", timeZone) },
  ];
  return found.filter(
    ({ name, at }) =>
      (name !== "evening" || at.getTime() > now + hourMs) && (name !== "monday" || toMonday > 1),
  );
}
