// What a close needs between the form and the server.
import { expect, test } from "vitest";
import { closingChangeOf, closingValuesOf, isWindow } from "../closing";

const rules = {
  topic_required: true,
  tags_required: false,
  reason_required: true,
  comment_required: false,
  reopen_window_h: 24,
};

test("what is stored comes back as it was, a typed number as a number", () => {
  expect(closingChangeOf(closingValuesOf(rules))).toEqual(rules);
  const typed = { ...closingValuesOf(rules), reopen_window_h: "48" };
  expect(closingChangeOf(typed).reopen_window_h).toBe(48);
});

test("hours are a whole number that the server takes", () => {
  expect([0, "24", 8760].every(isWindow)).toBe(true);
  expect(["", -1, 1.5, 8761, "soon"].some(isWindow)).toBe(false);
});
