// The known piece of a conversation stays whole, whatever comes in whatever order.
import { expect, test } from "vitest";
import { type Known, withNewest, withOlder, withOne } from "../messages";
import { message, span } from "./rows";

const seqs = (known: Known | null) => known?.items.map(({ seq }) => seq);

test("a first page that is full leaves older ones to be asked for", () => {
  expect(withNewest(undefined, span(11, 20), 10).complete).toBe(false);
  expect(withNewest(undefined, span(1, 4), 10)).toEqual({ items: span(1, 4), complete: true });
});

test("older messages come before the known", () => {
  const known = withNewest(undefined, span(11, 20), 10);
  const both = withOlder(known, span(1, 10), 10);
  expect(seqs(both)).toEqual(seqs({ items: span(1, 20), complete: true }));
  expect(both.complete).toBe(true);
});

test("the newest page after a break joins what is known, and its words count", () => {
  const known = { items: span(1, 12), complete: true };
  const fresh = [message(12, { status: "read" }), ...span(13, 15)];
  const joined = withNewest(known, fresh, 50);
  expect(seqs(joined)).toEqual([...Array(15).keys()].map((n) => n + 1));
  expect(joined.items[11]?.status).toBe("read");
});

test("a break longer than a page starts anew instead of leaving a hole", () => {
  const known = { items: span(1, 5), complete: true };
  expect(withNewest(known, span(40, 49), 10)).toEqual({ items: span(40, 49), complete: false });
});

test("what an event brought while the page was on its way is kept", () => {
  const known = { items: span(1, 12), complete: true };
  expect(seqs(withNewest(known, span(2, 11), 10))).toEqual(seqs(known));
});

test("a new message goes behind the last, a repeated one changes it, a hole is noticed", () => {
  const known = { items: span(1, 3), complete: true };
  expect(seqs(withOne(known, message(4)))).toEqual([1, 2, 3, 4]);
  const read = withOne(known, message(2, { status: "read" }));
  expect(read?.items.map(({ status }) => status)).toEqual(["received", "read", "received"]);
  expect(withOne(known, message(6))).toBeNull();
});

test("a change of a message that is older than the known is nothing to show", () => {
  const known = { items: span(10, 12), complete: false };
  expect(withOne(known, message(4))).toBe(known);
});
