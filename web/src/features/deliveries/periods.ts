// Periods of the log: a named one counts back from now, an exact one stands as it is.
export const periods = { hour: 3_600, day: 86_400, week: 604_800, month: 2_592_000 } as const;

type PeriodName = keyof typeof periods;

function isPeriod(word: string | undefined): word is PeriodName {
  return word !== undefined && word in periods;
}

type Filters = { period?: string; from?: string; to?: string };

/** In whole minutes, so that a question asked again soon is the same question. */
export function periodOf(
  { period, from, to }: Filters,
  now: number = Date.now(),
): { from?: string; to?: string } {
  if (from || to) return { from, to };
  if (!isPeriod(period)) return {};
  const minute = Math.floor(now / 60_000) * 60_000;
  return { from: new Date(minute - periods[period] * 1000).toISOString() };
}
