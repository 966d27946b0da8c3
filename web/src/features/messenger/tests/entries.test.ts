// What the chat makes of the requests that went between the two sides.
import { expect, test } from "vitest";
import { bubblesOf, caughtEntries, inOrder, isTyping, sentEntry } from "../entries";
import type { Caught, Sent } from "../queries";
import { wordsOf } from "../words";

const caught = (id: number, body: object) =>
  ({
    id,
    method: "POST",
    body: JSON.stringify({ chat_id: "m-1", ...body }),
    received_at: new Date(1_000 * id).toISOString(),
  }) as unknown as Caught;

const said = (id: number, messageId: string, text: string) =>
  caught(id, { event: "message", message: { id: messageId, text } });

test("a delivery that came twice is one message, and other chats stay out", () => {
  const other = caught(3, { event: "message", chat_id: "m-2", message: { id: "m", text: "x" } });
  const entries = caughtEntries([said(1, "m_1", "Hi"), said(2, "m_1", "Hi"), other], "m-1");
  expect(entries).toHaveLength(2);
  expect(bubblesOf(entries)).toHaveLength(1);
});

test("a correction changes the message, a deletion marks it", () => {
  const events = [
    said(1, "m_1", "Hi"),
    caught(2, { event: "message_edited", message_id: "m_1", text: "Hello" }),
    caught(3, { event: "message_deleted", message_id: "m_1" }),
  ];
  const [bubble] = bubblesOf(caughtEntries(events, "m-1"));
  expect(bubble).toMatchObject({ edited: true, deleted: true, message: { text: "Hello" } });
});

test("both sides stand in the order of time, and a refusal shows its reason", () => {
  const sent = {
    request: { url: "", headers: {}, body: JSON.stringify({ message: { text: "/start" } }) },
    answer: { status: 409, body: "disabled" },
    error: null,
    ms: 3,
  } as Sent;
  const entries = inOrder([
    ...caughtEntries([said(2, "m_1", "Hi")], "m-1"),
    sentEntry(sent, 1_500),
  ]);
  const bubbles = bubblesOf(entries);
  expect(bubbles.map(({ kind }) => kind)).toEqual(["client", "bot"]);
  expect(bubbles[0]).toMatchObject({ failed: "disabled", own: { text: "/start" } });
});

test("what happens to a chat with operators is told in words", () => {
  const events = [
    caught(1, { event: "chat_created" }),
    caught(2, { event: "operator_connected", operator: { id: 12, name: "Olena" } }),
    caught(3, { event: "operator_connected", operator: { id: 13, name: "" } }),
    caught(4, { event: "chat_transferred", to: "topic" }),
    caught(5, { event: "operator_disconnected" }),
    caught(6, { event: "chat_closed", by: "timeout" }),
    caught(7, { event: "chat_closed", by: "somebody" }),
    caught(8, { event: "test" }),
  ];
  const notes = bubblesOf(caughtEntries(events, "m-1"));
  const words = notes.map((note) => (note.kind === "note" ? wordsOf(note.message) : ""));
  expect(words).toEqual([
    "events.chat_created",
    "events.operator_connected",
    "events.operator_connected_unnamed",
    "events.chat_transferred",
    "events.operator_disconnected",
    "events.chat_closed_timeout",
    "events.chat_closed_bot",
    null,
  ]);
  expect(notes[1]).toMatchObject({ message: { operator: "Olena" } });
});

test("an operator who stopped writing does not type", () => {
  const events = [
    caught(1, { event: "typing", on: true }),
    caught(2, { event: "typing", on: false }),
  ];
  expect(isTyping(caughtEntries(events.slice(0, 1), "m-1"))).toBe(true);
  expect(isTyping(caughtEntries(events, "m-1"))).toBe(false);
});

test("the bot types until it says something", () => {
  const typing = caughtEntries([caught(1, { event: "typing", on: true })], "m-1");
  expect(isTyping(typing)).toBe(true);
  expect(isTyping([...typing, ...caughtEntries([said(2, "m_1", "Hi")], "m-1")])).toBe(false);
});
