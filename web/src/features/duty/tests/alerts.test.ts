// What is worth a sound, and which of several tabs makes it.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { alertOf, overstayOf } from "../alertOf";
import { OneTab } from "../oneTab";

const me = 5;
const request = (assignee: number | null) => ({
  id: 7,
  client_name: "Ann",
  last_text: "Hello",
  assignee: assignee === null ? null : { id: assignee, name: "Olha", color: "" },
});
const event = (kind: string, data: object) => ({ id: 1, kind, data: { ...data } });
const unseen = () => false;
const said = (direction: string) => ({ request: request(me), message: { direction, text: "Hi" } });

// proves OP-28 (part: in the app)
test("a request that became mine and a client of mine who writes are worth a sound", () => {
  const assigned = event("request.assigned", { request: request(me) });
  expect(alertOf(assigned, me, unseen)).toMatchObject({ kind: "assigned", requestId: 7 });
  const words = alertOf(event("message.created", said("in")), me, unseen);
  expect(words).toMatchObject({ kind: "message", name: "Ann", text: "Hi" });
});

test("what others have, what we said, changes and what is before one's eyes stay silent", () => {
  expect(alertOf(event("request.assigned", { request: request(6) }), me, unseen)).toBeNull();
  expect(alertOf(event("request.assigned", { request: request(null) }), me, unseen)).toBeNull();
  expect(alertOf(event("message.created", said("out")), me, unseen)).toBeNull();
  expect(alertOf(event("message.edited", said("in")), me, unseen)).toBeNull();
  expect(alertOf(event("message.created", said("in")), me, (id) => id === 7)).toBeNull();
  expect(alertOf(event("request.left", { id: 7 }), me, unseen)).toBeNull();
});

// proves SE-17 (part: notices)
test("a reminder sounds for whom it is meant: the operator, or whoever leads", () => {
  const reminded = (to: string, assignee: number) =>
    event("request.reminded", { request: request(assignee), to, why: "client_waits" });
  expect(alertOf(reminded("operator", me), me, unseen)).toMatchObject({ kind: "client_waits" });
  expect(alertOf(reminded("operator", 6), me, unseen, true)).toBeNull();
  expect(alertOf(reminded("supervisor", 6), me, unseen, true)).toMatchObject({ requestId: 7 });
  expect(alertOf(reminded("supervisor", 6), me, unseen)).toBeNull();
});

// proves SE-11 (part: statuses)
test("a status that lasts too long is told to its operator and to whoever leads", () => {
  const status = { max_minutes: 15 };
  const of = (user_id: number) =>
    event("operator.overstayed", { operator: { user_id, name: "Olha", status } });
  expect(overstayOf(of(6), me, true)).toEqual({ name: "Olha", minutes: 15, mine: false });
  expect(overstayOf(of(6), me, false)).toBeNull();
  expect(overstayOf(of(me), me, false)).toMatchObject({ mine: true });
  const other = event("operator.updated", { operator: { user_id: 6, name: "Olha", status } });
  expect(overstayOf(other, me, true)).toBeNull();
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Tabs that hear each other at once. */
function tabs(count: number): OneTab[] {
  const heard: ((event: MessageEvent) => void)[] = [];
  return Array.from({ length: count }, (_, own) => {
    const channel = {
      addEventListener: (_kind: string, listener: (event: MessageEvent) => void) => {
        heard[own] = listener;
      },
      postMessage: (data: unknown) => {
        heard.forEach((listener, index) => {
          if (index !== own) listener({ data } as MessageEvent);
        });
      },
    };
    return new OneTab(channel as unknown as BroadcastChannel);
  });
}

test("of three tabs the nearest to the user speaks, and it alone", async () => {
  const claims = tabs(3).map((tab, index) => tab.claim("event 1", [2.4, 0.7, 1.1][index] ?? 9));
  await vi.runAllTimersAsync();
  expect(await Promise.all(claims)).toEqual([false, true, false]);
});

test("a lone tab speaks each time", async () => {
  const [tab] = tabs(1);
  for (const key of ["event 1", "event 2"]) {
    const claim = tab?.claim(key, 1.5);
    await vi.runAllTimersAsync();
    expect(await claim).toBe(true);
  }
});
