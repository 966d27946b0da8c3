// What is marked in the two sides of a change.
import { expect, test } from "vitest";
import { pieces } from "../diffText";

const marked = (side: { text: string; differs: boolean }[]) =>
  side.filter(({ differs }) => differs).map(({ text }) => text);

test("only the words that differ are marked", () => {
  const { before, after } = pieces("See you tomorrow, Ann", "See you on Monday, Ann");
  expect(marked(before)).toEqual(["tomorrow"]);
  expect(marked(after)).toEqual(["on Monday"]);
  expect(after.map(({ text }) => text).join("")).toBe("See you on Monday, Ann");
});

test("a longer number is another number, not a changed digit", () => {
  expect(marked(pieces(328, 3280).after)).toEqual(["3280"]);
});

test("a value that appears has nothing before it", () => {
  const { before, after } = pieces(undefined, { min: 1 });
  expect(before).toEqual([]);
  expect(marked(after).join("")).toContain("min");
});
