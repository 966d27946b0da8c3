// Deliveries counted by time and state, for the strip over the list.
import type { Status } from "./queries";

export type Bucket = { from: number; to: number; counts: Partial<Record<Status, number>> };

const steps = [
  1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400, 604_800, 2_592_000,
].map((seconds) => seconds * 1000);
const most = 48;

type Counted = { created_at: string; status: string };

/** Buckets of a round length, so many that they fit; empty ones are there too. */
export function bucketsOf(rows: Counted[]): Bucket[] {
  const times = rows.map(({ created_at }) => new Date(created_at).getTime());
  if (times.length === 0) return [];
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const step = steps.find((size) => (last - first) / size < most - 1) ?? (steps.at(-1) as number);
  const start = Math.floor(first / step) * step;
  const count = Math.floor((last - start) / step) + 1;
  const buckets = Array.from({ length: count }, (_, index) => ({
    from: start + index * step,
    to: start + (index + 1) * step,
    counts: {} as Bucket["counts"],
  }));
  rows.forEach(({ status }, index) => {
    const bucket = buckets[Math.floor(((times[index] ?? start) - start) / step)];
    const key = status as Status;
    if (bucket) bucket.counts[key] = (bucket.counts[key] ?? 0) + 1;
  });
  return buckets;
}

export function totalOf({ counts }: Bucket): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** How many there are in each state. */
export function countsOf(rows: { status: string }[]): Bucket["counts"] {
  const counts: Bucket["counts"] = {};
  for (const { status } of rows) {
    const key = status as Status;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
