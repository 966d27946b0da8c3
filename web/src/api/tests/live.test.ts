// The socket of the pages against a scripted server.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Listener, Live, type LiveEvent } from "../live";

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
