// The socket of the pages against a scripted server.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Listener, LiveEvent } from "../frames";
import { Live } from "../live";

class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  said: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.said.push(JSON.parse(text));
  }
  close(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
  accept() {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
  }
  tell(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const newest = () => {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error("no socket was opened");
  return socket;
};
const event = (id: number) => ({ type: "event", id, kind: "message.created", data: {} });
const settled = () => vi.advanceTimersByTimeAsync(0);

function listener(topic: string, mark: number | null) {
  const heard: LiveEvent[] = [];
  const onStale = vi.fn();
  const made: Listener = {
    topic,
    mark: async () => mark,
    onEvent: (one) => heard.push(one),
    onStale,
  };
  return { ...made, heard, made };
}

let live: Live;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all = [];
  live = new Live(() => "ws://app.example/api/v1/ws");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("listens from the event that was read, then reads the data once more", async () => {
  const dialogs = listener("dialogs", 7);
  live.listen(dialogs.made);
  newest().accept();
  await settled();
  expect(newest().said).toEqual([{ type: "subscribe", topics: ["dialogs"], since: 7 }]);
  expect(dialogs.onStale).toHaveBeenCalledTimes(1);
  newest().tell(event(8));
  expect(dialogs.heard.map(({ id }) => id)).toEqual([8]);
});

it("goes on from the last event heard after a break", async () => {
  const dialogs = listener("dialogs", 7);
  live.listen(dialogs.made);
  newest().accept();
  await settled();
  newest().tell(event(9));
  newest().close();
  expect(live.isConnected).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.all).toHaveLength(2);
  newest().accept();
  await settled();
  expect(newest().said).toEqual([{ type: "subscribe", topics: ["dialogs"], since: 9 }]);
  expect(dialogs.onStale).toHaveBeenCalledTimes(1);
});

it("reads everything anew when the server cannot go on", async () => {
  const dialogs = listener("dialogs", 7);
  live.listen(dialogs.made);
  newest().accept();
  await settled();
  newest().tell({ type: "resync" });
  expect(dialogs.onStale).toHaveBeenCalledTimes(2);
});

it("waits longer after each failure, at most half a minute, and never quite as long", async () => {
  live.listen(listener("dialogs", 7).made);
  const tries = [];
  for (let number = 0; number < 10; number += 1) {
    const before = Date.now();
    const opened = FakeSocket.all.length;
    newest().close();
    while (FakeSocket.all.length === opened) await vi.advanceTimersByTimeAsync(50);
    tries.push(Date.now() - before);
  }
  expect(tries[0]).toBeLessThanOrEqual(550);
  expect(tries[9]).toBeGreaterThanOrEqual(15_000);
  expect(Math.max(...tries)).toBeLessThanOrEqual(30_050);
});

it("stays away after the session has ended, until someone signs in", async () => {
  live.listen(listener("dialogs", 7).made);
  newest().close(4401);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(FakeSocket.all).toHaveLength(1);
  live.again();
  expect(FakeSocket.all).toHaveLength(2);
});

it("begins anew when the rights have changed", async () => {
  const dialogs = listener("dialogs", 7);
  live.listen(dialogs.made);
  newest().accept();
  await settled();
  newest().tell(event(9));
  newest().close(4403);
  await vi.advanceTimersByTimeAsync(30_000);
  newest().accept();
  await settled();
  expect(newest().said).toEqual([{ type: "subscribe", topics: ["dialogs"], since: 7 }]);
  expect(dialogs.onStale).toHaveBeenCalledTimes(2);
});

it("gives a silent socket up", async () => {
  live.listen(listener("dialogs", 7).made);
  newest().accept();
  await vi.advanceTimersByTimeAsync(40_000);
  newest().tell({ type: "ping" });
  await vi.advanceTimersByTimeAsync(40_000);
  expect(live.isConnected).toBe(true);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(FakeSocket.all).toHaveLength(2);
});

it("asks again when the server could not tell where to begin", async () => {
  const dialogs = listener("dialogs", 7);
  const mark = vi.fn().mockRejectedValueOnce(new Error("overloaded")).mockResolvedValue(8);
  live.listen({ ...dialogs.made, mark });
  newest().accept();
  await settled();
  expect(newest().said).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(newest().said).toEqual([{ type: "subscribe", topics: ["dialogs"], since: 8 }]);
});

it("shares one socket and leaves a topic that nobody shows any more", async () => {
  const list = listener("dialogs", 7);
  const one = listener("dialog:5", 9);
  live.listen(list.made);
  newest().accept();
  await settled();
  const stop = live.listen(one.made);
  await settled();
  stop();
  expect(FakeSocket.all).toHaveLength(1);
  expect(newest().said.slice(1)).toEqual([
    { type: "subscribe", topics: ["dialog:5"], since: 9 },
    { type: "unsubscribe", topics: ["dialog:5"] },
  ]);
});

it("hangs up when nothing live is shown", async () => {
  const stop = live.listen(listener("dialogs", 7).made);
  newest().accept();
  await settled();
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(live.isConnected).toBe(false);
  expect(FakeSocket.all).toHaveLength(1);
});

async function open(topic: string, mark: number) {
  const made = listener(topic, mark);
  live.listen(made.made);
  newest().accept();
  await settled();
  return made;
}
it("tells who writes and who looks, and counts no such frame as an event", async () => {
  const ann = { kind: "user", id: 3, name: "Ann" };
  const page = await open("request:12", 7);
  const signs: unknown[] = [];
  live.onTyping((topic, sign) => signs.push(["typing", topic, sign]));
  const stop = live.onPresence((topic, sign) => signs.push(["presence", topic, sign]));
  const there = { who: ann, on: true, as: "viewing" };
  newest().tell({ type: "presence", topic: "request:12", data: there });
  newest().tell({ type: "typing", topic: "request:12", data: { who: ann, on: true } });
  stop();
  newest().tell({ type: "presence", topic: "request:12", data: { who: ann, on: false } });
  expect(signs).toEqual([
    ["presence", "request:12", there],
    ["typing", "request:12", { who: ann, on: true }],
  ]);
  expect(page.heard).toEqual([]);
});

it("hands on the numbers of the folders", async () => {
  await open("requests", 7);
  const heard = vi.fn();
  live.onCounters(heard);
  newest().tell({ type: "counters", kind: "folder.counters", data: { my: 2 } });
  expect(heard.mock.calls[0]?.[0]).toMatchObject({ kind: "folder.counters", data: { my: 2 } });
});

it("says from time to time that one writes, and once that it is over", async () => {
  await open("request:12", 7);
  newest().said = [];
  for (let key = 0; key < 10; key += 1) {
    live.sendTyping("request:12");
    await vi.advanceTimersByTimeAsync(1_000);
  }
  await vi.advanceTimersByTimeAsync(20_000);
  const typing = (on: boolean) => ({ type: "typing", topic: "request:12", on });
  expect(newest().said).toEqual([typing(true), typing(true), typing(true), typing(false)]);
  live.sendTyping("request:12", false);
  expect(newest().said).toHaveLength(4);
});

it("shows that one is there behind the subscription, again and again, and over a break", async () => {
  live.presence("request:12", "viewing");
  await open("request:12", 7);
  const there = { type: "presence", topic: "request:12", on: true, as: "viewing" };
  expect(newest().said.slice(1)).toEqual([there]);
  newest().tell(event(8));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(newest().said.slice(1)).toEqual([there, there]);
  newest().close();
  await vi.advanceTimersByTimeAsync(1_000);
  newest().accept();
  await settled();
  expect(newest().said).toEqual([{ type: "subscribe", topics: ["request:12"], since: 8 }, there]);
  live.presence("request:12", null);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(newest().said.slice(2)).toEqual([{ type: "presence", topic: "request:12", on: false }]);
});
