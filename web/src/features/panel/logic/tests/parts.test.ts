// A text too long for its channel goes as several messages.
import { expect, test } from "vitest";
import { inParts } from "../parts";

const cases: [string, string, number, string[]][] = [
  ["what fits stays whole", " Good day! ", 10, ["Good day!"]],
  ["between paragraphs", "One two three\n\nFour five", 20, ["One two three", "Four five"]],
  ["between lines", "One two three\nFour five", 20, ["One two three", "Four five"]],
  ["after a sentence", "It is late. We are home", 15, ["It is late.", "We are home"]],
  ["between words", "aaaa bbbb cccc", 9, ["aaaa bbbb", "cccc"]],
  ["a first word alone is no place where others are", "a bbbbbb cccc", 9, ["a bbbbbb", "cccc"]],
  ["within a word that is too long", "aaaaaaaaaa", 4, ["aaaa", "aaaa", "aa"]],
  ["never within an emoji", "abc\u{1F69A}\u{1F69A}", 4, ["abc", "\u{1F69A}\u{1F69A}"]],
  ["nothing is nothing", "  ", 4, []],
];

// proves OP-18 (part: too long)
test.each(cases)("%s", (_, text, limit, parts) => {
  expect(inParts(text, limit)).toEqual(parts);
});

test("every piece fits, and nothing is lost but the spaces between", () => {
  const text = "Lorem ipsum. Dolor sit\n\namet consectetur ".repeat(40);
  for (const limit of [7, 30, 200]) {
    const parts = inParts(text, limit);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(limit);
    expect(parts.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
  }
});
