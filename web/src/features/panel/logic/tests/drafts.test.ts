// Begun words are kept for each request and person.
import { beforeEach, expect, test, vi } from "vitest";
import { draftOf, keepDraft, onDrafts } from "../drafts";

beforeEach(() => {
  for (const id of [1, 2]) keepDraft(5, id, { reply: "", note: "" });
});

test("a draft is there again, and only where it was written", () => {
  keepDraft(5, 1, { reply: "Good day" });
  keepDraft(5, 1, { note: "Asks for a discount" });
  expect(draftOf(5, 1)).toEqual({ reply: "Good day", note: "Asks for a discount" });
  expect([draftOf(5, 2).reply, draftOf(6, 1).reply]).toEqual(["", ""]);
});

test("the same draft is the same object", () => {
  keepDraft(5, 1, { reply: "Good day" });
  expect(draftOf(5, 1)).toBe(draftOf(5, 1));
});

test("a sent draft leaves nothing behind", () => {
  keepDraft(5, 1, { reply: "Good day" });
  keepDraft(5, 1, { reply: "" });
  expect(window.localStorage.length).toBe(0);
});

test("another tab's words arrive", () => {
  const heard = vi.fn();
  const stop = onDrafts(heard);
  draftOf(5, 1);
  window.localStorage.setItem("connective.draft.5.1", '{"reply":"From the other tab","note":""}');
  window.dispatchEvent(new StorageEvent("storage", { key: "connective.draft.5.1" }));
  expect([draftOf(5, 1).reply, heard.mock.calls.length]).toEqual(["From the other tab", 1]);
  window.localStorage.clear();
  stop();
});
