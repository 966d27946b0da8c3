// Rows under headings, as the table of bots by group shows them. proves SE-20 (part: group view)
import { expect, it } from "vitest";
import { linesOf } from "../table/lines";

const rows = ["A", "A", "B", "A"].map((group, i) => ({ id: String(i), original: { group } }));

it("puts a heading above each stretch of rows, and counts the rows alone", () => {
  const lines = linesOf(rows, ({ group }) => group);
  expect(lines.map(({ row, heading }) => (row < 0 ? heading : row))).toEqual([
    ...["A", 0, 1, "B", 2, "A", 3],
  ]);
  expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
});

it("leaves rows as they are without headings", () => {
  expect(linesOf(rows).map(({ row }) => row)).toEqual([0, 1, 2, 3]);
});
