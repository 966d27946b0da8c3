// Days, requests and the bot's part between the messages.
import { expect, test } from "vitest";
import type { Message } from "../../types";
import { blocksOf } from "../conversation";
import { message } from "./rows";

const dayOf = (at: string) => at.slice(0, 10);
const bot = (seq: number, change: Partial<Message> = {}) =>
  message(seq, { request_id: null, direction: "out", author_kind: "bot", ...change });
const kinds = (messages: Message[], unfolded: number[] = []) =>
  blocksOf(messages, dayOf, new Set(unfolded)).map(({ kind, key }) => `${kind} ${key}`);

// proves OP-16 (part: in the app)
test("what was said with the bot is folded, and can be unfolded", () => {
  const all = [bot(1), message(2, { request_id: null }), bot(3), message(4)];
  expect(kinds(all)).toEqual(["day day 1", "bot bot 1", "request request 4", "message m4"]);
  expect(kinds(all, [3])).toEqual([
    "day day 1",
    "bot bot 1",
    "message m1",
    "message m2",
    "message m3",
    "request request 4",
    "message m4",
  ]);
});

test("two messages with the bot are not worth a fold", () => {
  expect(kinds([bot(1), bot(2)])).toEqual(["day day 1", "message m1", "message m2"]);
});

test("earlier requests and days are told apart", () => {
  const next = { created_at: "2026-05-05T08:00:00Z" };
  const all = [message(1, { request_id: 3 }), message(2, { request_id: 7, ...next })];
  expect(kinds(all)).toEqual([
    "day day 1",
    "request request 1",
    "message m1",
    "day day 2",
    "request request 2",
    "message m2",
  ]);
});

test("a note of a dialog without request stands in the open", () => {
  expect(kinds([bot(1), bot(2), message(3, { request_id: null, direction: "note" })])).toHaveLength(
    4,
  );
});

test("the same author in one breath is named once", () => {
  const all = [message(1), message(2), message(3, { author_kind: "operator", direction: "out" })];
  const late = message(4, { created_at: "2026-05-04T11:00:00Z" });
  const follows = blocksOf([...all, late], dayOf).flatMap((block) =>
    block.kind === "message" ? [block.follows] : [],
  );
  expect(follows).toEqual([false, true, false, false]);
});
