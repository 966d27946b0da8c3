// A mark is put around what is chosen and taken away again; long texts go without marks.
import { expect, test } from "vitest";
import { worded } from "../../../logic/wording";
import { wrapped } from "../wrap";

// proves OP-18 (part: formatting)
test("a mark stands around what is chosen, and goes by the same button", () => {
  const bold = wrapped({ text: "pay today", start: 4, end: 9 }, "b");
  expect(bold).toEqual({ text: "pay <b>today</b>", start: 7, end: 12 });
  expect(wrapped(bold, "b")).toEqual({ text: "pay today", start: 4, end: 9 });
});

test("a link is left with its address chosen", () => {
  const { text, start, end } = wrapped({ text: "here", start: 0, end: 4 }, "a");
  expect(text).toBe('<a href="https://">here</a>');
  expect(text.slice(start, end)).toBe("https://");
});

// proves OP-18 (part: formatting)
test("what goes out has marks where the channel shows them and the text is not cut", () => {
  expect(worded("1 < 2", 100, ["b"])).toEqual([{ text: "1 < 2", marked: false }]);
  expect(worded("<b>1</b> < 2", 100, ["b"])).toEqual([{ text: "<b>1</b> &lt; 2", marked: true }]);
  expect(worded("<b>1</b> < 2", 100, [])).toEqual([{ text: "<b>1</b> < 2", marked: false }]);
  expect(worded("<b>one two</b> three", 10, ["b"])).toEqual([
    { text: "one two", marked: false },
    { text: "three", marked: false },
  ]);
});
