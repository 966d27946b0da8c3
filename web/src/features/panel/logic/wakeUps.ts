// Moments at which a paused request comes back by itself.
type WakeUp = { name: "hour" | "evening" | "tomorrow"; at: Date };

const hourMs = 3_600_000;

function atHour(day: Date, hour: number): Date {
  const moment = new Date(day);
  moment.setHours(hour, 0, 0, 0);
  return moment;
}

/** In an hour, this evening while it is ahead, tomorrow morning: by the clock on the desk. */
export function wakeUps(now: Date): WakeUp[] {
  const evening = atHour(now, 18);
  const tomorrow = atHour(now, 9);
  tomorrow.setDate(tomorrow.getDate() + 1);
  const found: WakeUp[] = [
    { name: "hour", at: new Date(now.getTime() + hourMs) },
    { name: "evening", at: evening },
    { name: "tomorrow", at: tomorrow },
  ];
  return found.filter(
    ({ name, at }) => name !== "evening" || at.getTime() > now.getTime() + hourMs,
  );
}
