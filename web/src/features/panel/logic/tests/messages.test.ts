// The known piece of a conversation stays whole, whatever comes in whatever order.
import { expect, test } from "vitest";
import {
  type Known,
  type Page,
  withAgain,
  withNewer,
  withNewest,
  withOlder,
  withOne,
  withPlace,
} from "../messages";
import { message, span } from "./rows";

const seqs = (known: Known | null) => known?.items.map(({ seq }) => seq);
const numbers = (from: number, to: number) => span(from, to).map(({ seq }) => seq);
const page = (from: number, to: number, more: Partial<Page> = {}): Page => ({
  items: span(from, to),
  older: from > 1,
  newer: false,
  ...more,
});
const piece = (from: number, to: number, more: Partial<Known> = {}): Known => ({
  items: span(from, to),
  complete: from === 1,
  newest: true,
  ...more,
});

test("a first page tells whether older ones are left to be asked for", () => {
  expect(withNewest(undefined, page(11, 20))).toEqual(piece(11, 20));
  expect(withNewest(undefined, page(1, 4))).toEqual(piece(1, 4));
});

test("older messages come before the known", () => {
  expect(withOlder(piece(11, 20), page(1, 10, { newer: true }))).toEqual(piece(1, 20));
});

test("the newest page after a break joins what is known, and its words count", () => {
  const fresh = { ...page(12, 15), items: [message(12, { status: "read" }), ...span(13, 15)] };
  const joined = withNewest(piece(1, 12), fresh);
  expect(seqs(joined)).toEqual(numbers(1, 15));
  expect(joined.items[11]?.status).toBe("read");
});

test("a break longer than a page starts anew instead of leaving a hole", () => {
  expect(withNewest(piece(1, 5), page(40, 49))).toEqual(piece(40, 49));
});

test("what an event brought while the page was on its way is kept", () => {
  expect(seqs(withNewest(piece(1, 12), page(2, 11)))).toEqual(numbers(1, 12));
});

test("a new message goes behind the last, a repeated one changes it, a hole is noticed", () => {
  const known = piece(1, 3);
  expect(seqs(withOne(known, message(4)))).toEqual([1, 2, 3, 4]);
  const read = withOne(known, message(2, { status: "read" }));
  expect(read?.items.map(({ status }) => status)).toEqual(["received", "read", "received"]);
  expect(withOne(known, message(6))).toBeNull();
});

test("a change of a message that is older than the known is nothing to show", () => {
  const known = piece(10, 12);
  expect(withOne(known, message(4))).toBe(known);
});

// proves OP-16 (part: in the app)
test("a place far away stands instead of the known, a near one joins it", () => {
  const known = piece(100, 150);
  const far = withPlace(known, page(20, 69, { newer: true }));
  expect(far).toEqual(piece(20, 69, { newest: false }));
  const near = withPlace(known, page(60, 109, { newer: true }));
  expect(near).toEqual(piece(60, 150));
  expect(withPlace(far, page(30, 79, { newer: true })).items).toHaveLength(60);
});

// proves OP-16 (part: in the app)
test("back in time new messages wait, and the way forward leads to the newest without a hole", () => {
  const past = piece(20, 69, { newest: false });
  expect(withOne(past, message(150))).toBe(past);
  expect(withOne(past, message(70))).toBe(past);
  expect(withOne(past, message(30, { text: "changed" }))?.items[10]?.text).toBe("changed");
  const further = withNewer(past, page(70, 119, { newer: true }));
  expect(further).toEqual(piece(20, 119, { newest: false }));
  expect(withNewer(further, page(120, 150))).toEqual(piece(20, 150));
  expect(withNewest(past, page(101, 150))).toEqual(piece(101, 150));
});

test("a piece back in time that is read again stays where it is", () => {
  const past = piece(20, 69, { newest: false });
  expect(withAgain(past, page(20, 69, { newer: true }))).toEqual(past);
  expect(withAgain(past, page(20, 60, { newer: true }))).toEqual(past);
  expect(withAgain(past, page(20, 69)).newest).toBe(true);
});
