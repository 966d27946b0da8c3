// What a message can be asked for: by whose it is, where it stands, and what its channel can.
import { expect, test } from "vitest";
import type { Details, Message } from "../../types";
import { offersFor } from "../corrections";
import { message, request } from "./rows";

const me = 5;
const all = ["reply", "edit", "delete"];
const said = ["reply", "forward"];
const opened = (change: Partial<Details> = {}, state = "open"): Details =>
  ({
    request: request(7, { state }),
    may: ["reply", "note"],
    channel_can: all,
    ...change,
  }) as Details;
const mine = (change: Partial<Message> = {}) =>
  message(1, { direction: "out", author_kind: "operator", author_id: me, ...change });
const offered = (one: Message, details = opened()) =>
  offersFor(one, details, me).map(({ deed, cannot }) => (cannot ? `no ${deed}` : deed));

// proves OP-18 (part: in the app)
test("my own message is answered, changed and taken back; the client's is answered", () => {
  expect(offered(mine())).toEqual(["reply", "forward", "edit", "delete"]);
  expect(offered(message(1))).toEqual(said);
  expect(offered(mine({ author_id: 6 }))).toEqual(said);
  expect(offered(mine({ author_kind: "bot" }))).toEqual(said);
  expect(offered(mine({ request_id: 3 }))).toEqual(said);
});

// proves OP-18 (part: in the app)
test("with the right to assign a colleague's message is taken back", () => {
  const details = opened({ may: ["reply", "assign_any"] });
  expect(offered(mine({ author_id: 6 }), details)).toEqual([...said, "delete"]);
});

// proves OP-18 (part: in the app)
test("what the channel cannot do is named, and a note needs no channel", () => {
  const details = opened({ channel_can: ["edit"] });
  expect(offered(mine(), details)).toEqual(["no reply", "forward", "edit", "no delete"]);
  expect(offered(mine({ direction: "note", kind: "note" }), details)).toEqual(["edit", "delete"]);
});

test("what is gone, the system's and what is over are left alone", () => {
  expect(offered(mine({ deleted_at: "2026-05-04T10:00:00Z" }))).toEqual([]);
  expect(offered(mine({ kind: "system" }))).toEqual([]);
  const closed = opened({ may: ["note"] }, "closed");
  expect(offered(mine(), closed)).toEqual(["forward"]);
  expect(offered(mine({ direction: "note" }), closed)).toEqual(["edit", "delete"]);
  expect(offered(mine({ status: "failed" }), closed)).toEqual(["delete"]);
});

// proves OP-18 (part: forward)
test("a text or files go on to others, by whoever writes to clients; notes and presses do not", () => {
  expect(offersFor(message(1), opened(), me, false).map(({ deed }) => deed)).toEqual(["reply"]);
  expect(offered(message(1, { text: "", content: null }))).toEqual(["reply"]);
  expect(offered(message(1, { kind: "press" }))).toEqual(["reply"]);
  const file = { media: { name: "bill.pdf", url: "/files/1" } } as unknown as Message["content"];
  expect(offered(message(1, { text: "", kind: "document", content: file }))).toEqual(said);
});
