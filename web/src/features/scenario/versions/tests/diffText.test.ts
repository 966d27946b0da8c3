// What is marked in the two sides of a change.
import { expect, test } from "vitest";
import { pieces } from "../diffText";

const marked = (side: { text: string; differs: boolean }[]) =>
  side.filter(({ differs }) => differs).map(({ text }) => text);

test("only the words that differ are marked, wherever they stand", () => {
  const { before, after } = pieces("Goodbye, {{name}}! Come again.", "See you, {{name}}!");
  expect(marked(before)).toEqual(["Goodbye", " Come again."]);
  expect(marked(after)).toEqual(["See you"]);
  expect(after.map(({ text }) => text).join("")).toBe("See you, {{name}}!");
});

test("a longer number is another number, not a changed digit", () => {
  expect(marked(pieces(328, 3280).after)).toEqual(["3280"]);
});

test("a value that appears or goes is shown whole and unmarked", () => {
  const { before, after } = pieces(undefined, { min: 1 });
  expect(before).toEqual([]);
  expect(marked(after)).toEqual([]);
  expect(after[0]?.text).toContain("min");
});
