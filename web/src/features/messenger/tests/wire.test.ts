// Updates that the test client sends, and envelopes that it reads.
import { expect, test } from "vitest";
import { fileKind, pressUpdate, readEnvelope, readUpdate, textUpdate } from "../wire";

const client = { chatId: "m-1", firstName: "Olena", language: "uk" };

test("a text names its chat, its author and the author's language", () => {
  const { message } = textUpdate(client, "/start") as { message: Record<string, unknown> };
  expect(message).toMatchObject({
    from: { id: "m-1", first_name: "Olena", language_code: "uk" },
    chat: { id: "m-1" },
    type: "text",
    text: "/start",
  });
});

test("buttons say what pressing them sends, links send nothing", () => {
  const button = (type: string) => ({
    id: type,
    text: type,
    type,
    data: "4.a",
    url: "https://x.y",
  });
  const rows = [
    [button("text"), button("callback")],
    [button("url"), button("request_contact")],
  ];
  const message = { id: "m_7", text: "Choose", keyboard: { inline: true, rows } };
  const read = readEnvelope(JSON.stringify({ event: "message", chat_id: "m-1", message }));
  expect(read?.rows.flat().map(({ press }) => press)).toEqual([
    { kind: "text", text: "text" },
    { kind: "callback", data: "4.a" },
    null,
    { kind: "contact" },
  ]);
  expect(read).toMatchObject({ messageId: "m_7", inline: true, text: "Choose" });
});

test("an address that is no web address is not made a link", () => {
  const rows = [[{ id: "x", text: "x", type: "url", url: "javascript:alert(1)" }]];
  const read = readEnvelope(JSON.stringify({ event: "message", message: { keyboard: { rows } } }));
  expect(read?.rows[0]?.[0]?.url).toBeUndefined();
});

test("what is no envelope is not shown as a message", () => {
  expect(readEnvelope("[]")).toBeNull();
  expect(readEnvelope("no json")).toBeNull();
  expect(readEnvelope(null)).toBeNull();
});

test("the client's own press and file are read back for the chat", () => {
  expect(readUpdate(JSON.stringify(pressUpdate(client, "4.a", "m_7")))).toMatchObject({
    text: "4.a",
    press: true,
  });
  expect(fileKind("image/png")).toBe("image");
  expect(fileKind("")).toBe("document");
});
