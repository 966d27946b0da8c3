// Periods and the counts of the strip.
import { expect, test } from "vitest";
import { bucketsOf, totalOf } from "../buckets";
import { periodOf } from "../periods";

const at = (minutes: number, status = "delivered") => ({
  created_at: new Date(Date.UTC(2026, 4, 4, 10) + minutes * 60_000).toISOString(),
  status,
});

test("every delivery falls into one bucket, and quiet times stay empty", () => {
  const buckets = bucketsOf([at(0), at(0, "failed"), at(1), at(10)]);
  const totals = buckets.map(totalOf);
  expect(totals.reduce((sum, count) => sum + count)).toBe(4);
  expect(totals).toContain(0);
  expect(totals.at(-1)).toBe(1);
  expect(buckets[0]?.counts).toEqual({ delivered: 1, failed: 1 });
});

test("a long time is cut into at most 48 buckets of a round length", () => {
  const buckets = bucketsOf([at(0), at(60 * 24 * 5)]);
  expect(buckets.length).toBeLessThanOrEqual(48);
  const [first] = buckets;
  expect(((first?.to ?? 0) - (first?.from ?? 0)) % 3_600_000).toBe(0);
});

test("an exact period wins over a named one", () => {
  const now = Date.UTC(2026, 0, 2, 0, 0, 30);
  expect(periodOf({ period: "day" }, now)).toEqual({ from: "2026-01-01T00:00:00.000Z" });
  expect(periodOf({ period: "day", from: "2025-01-01" }, now)).toEqual({ from: "2025-01-01" });
  expect(periodOf({}, now)).toEqual({});
});
