// Keys in a form: what is stored of them, and what clashes.
import { expect, it } from "vitest";
import { clashOf, differing } from "../keys";

const items = [
  { action: "close", label: "Close the request" },
  { action: "note", label: "Write a note" },
];

it("says only what differs from the keys behind", () => {
  const behind = { close: "alt+KeyC", note: "alt+KeyN" };
  expect(differing({ close: "alt+KeyQ", note: "alt+KeyN" }, behind)).toEqual({ close: "alt+KeyQ" });
});

it("names what has a key already; without a key nothing clashes", () => {
  const keys = { close: "alt+KeyN", note: "alt+KeyN" };
  expect(clashOf("close", keys, items)).toBe("Write a note");
  expect(clashOf("close", { close: "", note: "" }, items)).toBeUndefined();
});
