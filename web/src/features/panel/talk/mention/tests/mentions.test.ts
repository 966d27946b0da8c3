// Which name is being typed, and whose names stand in a text.
import { expect, test } from "vitest";
import { begunAt, mentionedIn, namedParts } from "../mentions";

const ivan = { id: 1, name: "Ivan Koval" };
const iva = { id: 2, name: "Iva" };
const odd = { id: 3, name: "Ann (QA)*" };
const all = [ivan, iva, odd];

// proves OP-18 (part: mentions)
test.each([
  ["@", 1, { at: 0, letters: "" }],
  ["see @iv", 7, { at: 4, letters: "iv" }],
  ["see @iv and", 7, { at: 4, letters: "iv" }],
  ["(@Олена Ко", 10, { at: 1, letters: "Олена Ко" }],
  ["me@shop.example", 15, null],
  ["@one two three", 14, null],
  ["@Ivan Koval", 11, null],
  ["@Ivan Koval look", 16, null],
  ["plain", 5, null],
])("of %j, written up to %i, a name is begun: %j", (text, cursor, expected) => {
  expect(begunAt(text, cursor, [ivan])).toEqual(expected);
});

// proves OP-18 (part: mentions)
test.each([
  ["@Ivan Koval, look", ["Ivan Koval"]],
  ["@Iva and @Ivan Koval", ["Ivan Koval", "Iva"]],
  ["@Ivan is somebody else", []],
  ["@Ivanka", []],
  ["@Ann (QA)* @Ann (QA)*", ["Ann (QA)*"]],
  ["Ivan Koval", []],
])("in %j stand the names of %j", (text, expected) => {
  expect(mentionedIn(text, all).map(({ name }) => name)).toEqual(expected);
});

test("what is no name stays as it was written", () => {
  expect(namedParts("<b>@Iva</b> @Ivan", [iva])).toEqual([
    { text: "<b>", who: undefined },
    { text: "@Iva", who: iva },
    { text: "</b> @Ivan", who: undefined },
  ]);
});
