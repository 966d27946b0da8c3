// Begun words are kept for each request and person.
import { beforeEach, expect, test, vi } from "vitest";
import {
  draftOf,
  dueDrafts,
  keepDraft,
  onDrafts,
  settleDraft,
  type Told,
  takeAllDrafts,
  takeDraft,
} from "../drafts";

const at = (ms: number) => new Date(ms).toISOString();
const told = (text: string, ms: number): Told => ({
  request_id: 1,
  kind: "reply",
  text,
  written_at: at(ms),
});
/** What is due goes up, and the server keeps it. */
function bringUp(): void {
  for (const due of dueDrafts(5)) {
    const { requestId: request_id, kind, text } = due;
    settleDraft(5, due, { request_id, kind, text, written_at: at(due.at) });
  }
}

beforeEach(() => {
  for (const id of [1, 2]) keepDraft(5, id, { reply: "", note: "" });
  bringUp();
  vi.useRealTimers();
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
  bringUp();
  expect(window.localStorage.length).toBe(0);
});

test("another tab's words arrive", () => {
  const heard = vi.fn();
  const stop = onDrafts(heard);
  draftOf(5, 1);
  window.localStorage.setItem(
    "connective.draft.5.1",
    '{"reply":{"text":"From the other tab","at":1,"due":true}}',
  );
  window.dispatchEvent(new StorageEvent("storage", { key: "connective.draft.5.1" }));
  expect([draftOf(5, 1).reply, heard.mock.calls.length]).toEqual(["From the other tab", 1]);
  window.localStorage.clear();
  stop();
});

// proves OP-18 (part: drafts)
test("of two devices the later words stand, and words on their way are not lost", () => {
  vi.useFakeTimers({ now: 1_000 });
  takeDraft(5, told("From the phone", 500));
  expect([draftOf(5, 1).reply, dueDrafts(5)]).toEqual(["From the phone", []]);
  keepDraft(5, 1, { reply: "Offline, here" });
  takeDraft(5, told("Earlier, on the phone", 900));
  expect(draftOf(5, 1).reply).toBe("Offline, here");
  const [due] = dueDrafts(5);
  expect(due).toMatchObject({ requestId: 1, kind: "reply", text: "Offline, here", at: 1_000 });
  takeDraft(5, told("Later, on the phone", 2_000));
  expect([draftOf(5, 1).reply, dueDrafts(5)]).toEqual(["Later, on the phone", []]);
});

// proves OP-18 (part: drafts)
test("what is typed while a draft is on its way goes up next", () => {
  vi.useFakeTimers({ now: 1_000 });
  keepDraft(5, 1, { reply: "Good" });
  const [first] = dueDrafts(5);
  vi.setSystemTime(1_100);
  keepDraft(5, 1, { reply: "Good day" });
  if (first) settleDraft(5, first, told("Good", 1_000));
  expect(draftOf(5, 1).reply).toBe("Good day");
  expect(dueDrafts(5).map(({ text }) => text)).toEqual(["Good day"]);
});

// proves OP-18 (part: drafts)
test("what was sent on another device while this one was away is gone here too", () => {
  takeDraft(5, told("Begun on both", 500));
  keepDraft(5, 2, { note: "Not brought up yet" });
  takeAllDrafts(5, []);
  expect([draftOf(5, 1).reply, draftOf(5, 2).note]).toEqual(["", "Not brought up yet"]);
});

test("what the server refuses is not offered again", () => {
  keepDraft(5, 1, { reply: "No right any more" });
  for (const due of dueDrafts(5)) settleDraft(5, due, null);
  expect([draftOf(5, 1).reply, dueDrafts(5)]).toEqual(["No right any more", []]);
});
