// All settings of a bot as JSON. proves SE-03 (part: Advanced JSON)
import { expect, it } from "vitest";
import { ApiError } from "@/api/problem";
import { changesOf, markedFields, settingsOf } from "../json";
import type { Bot } from "../queries";

const bot = {
  ...{ id: 18, name: "Shop", alias: "shop", group_id: null, timezone: "UTC", test_mode: false },
  ...{ languages: ["en"], error_text: {}, unsubscribe_words: ["stop"], active: true },
} as unknown as Bot;
const text = JSON.stringify(settingsOf(bot), null, 2);

it("holds everything that can be set and nothing that the server makes", () => {
  expect(Object.keys(settingsOf(bot))).toEqual([
    ...["name", "alias", "group_id", "languages", "timezone", "test_mode", "error_text"],
    "unsubscribe_words",
  ]);
  expect(changesOf(bot, text)).toEqual({});
});

it.each([
  ['{"name": "Store", "alias": "shop"}', { name: "Store" }],
  ['{"group_id": 7, "colour": "red"}', { group_id: 7, colour: "red" }],
  ["{}", {}],
  ["[]", null],
  ["null", null],
  ['{"name": ', null],
])("finds what %s sets otherwise", (edited, changes) => {
  expect(changesOf(bot, edited)).toEqual(changes);
});

it("marks the fields that were refused, by the name they begin with", () => {
  const refused = new ApiError(422, {
    errors: [
      { field: "languages[0]", code: "unknown_language", message: "xx is no language." },
      { field: "elsewhere", code: "extra_forbidden", message: "Unknown." },
    ],
  } as never);
  const [mark, ...others] = markedFields(text, refused);
  expect(text.slice(mark?.from, mark?.to)).toBe('"languages"');
  expect(mark?.message).toBe("xx is no language.");
  expect(others).toEqual([]);
  expect(markedFields(text, null)).toEqual([]);
});
