// What is written is sent in order and once, whatever the connection does.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "@/api/problem";
import { Outbox, type Unsent } from "../outbox";

type Sent = { id: string };

function unsent(clientMsgId: string, requestId = 7): Unsent {
  return { requestId, clientMsgId, kind: "text", text: clientMsgId, files: [], at: 1 };
}

function box(send: (unsent: Unsent) => Promise<Sent>, storage?: Storage) {
  const sent: string[] = [];
  const outbox = new Outbox<Sent>({
    send,
    onSent: ({ id }) => sent.push(id),
    reasonOf: (error) => (error as Error).message,
    storage,
    storageKey: "unsent",
  });
  return { outbox, sent };
}

const taken = async ({ clientMsgId }: Unsent): Promise<Sent> => ({ id: clientMsgId });

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  window.localStorage.clear();
});

test("messages of a request go one after another in the order they were written", async () => {
  const begun: string[] = [];
  let finish: () => void = () => undefined;
  const send = (one: Unsent) => {
    begun.push(one.clientMsgId);
    return new Promise<Sent>((resolve) => {
      finish = () => resolve({ id: one.clientMsgId });
    });
  };
  const { outbox, sent } = box(send);
  outbox.add(unsent("a"));
  outbox.add(unsent("b"));
  expect(begun).toEqual(["a"]);
  finish();
  await vi.waitFor(() => expect(begun).toEqual(["a", "b"]));
  finish();
  await vi.waitFor(() => expect(sent).toEqual(["a", "b"]));
  expect(outbox.all).toEqual([]);
});

// proves OP-18 (part: in the app)
test("without a connection everything waits and then goes in order with the same id", async () => {
  let online = false;
  const tries: string[] = [];
  const { outbox, sent } = box(async (one) => {
    tries.push(one.clientMsgId);
    if (!online) throw new ApiError(0, {});
    return taken(one);
  });
  for (const id of ["a", "b", "c"]) outbox.add(unsent(id));
  await vi.advanceTimersByTimeAsync(0);
  expect(tries).toEqual(["a"]);
  expect(outbox.all.map(({ clientMsgId }) => clientMsgId)).toEqual(["a", "b", "c"]);
  online = true;
  outbox.again();
  await vi.waitFor(() => expect(sent).toEqual(["a", "b", "c"]));
});

test("it is tried again by itself", async () => {
  let tries = 0;
  const { outbox, sent } = box(async (one) => {
    tries += 1;
    if (tries < 3) throw new ApiError(503, {});
    return taken(one);
  });
  outbox.add(unsent("a"));
  await vi.runAllTimersAsync();
  expect([tries, sent]).toEqual([3, ["a"]]);
});

test("a refused one stays with its reason, lets the others pass and can be sent again", async () => {
  let refuses = true;
  const { outbox, sent } = box(async (one) => {
    if (one.clientMsgId === "a" && refuses) throw new ApiError(422, { detail: "Too long." });
    return taken(one);
  });
  outbox.add(unsent("a"));
  outbox.add(unsent("b"));
  await vi.waitFor(() => expect(sent).toEqual(["b"]));
  expect(outbox.all).toMatchObject([{ clientMsgId: "a", refused: "Too long." }]);
  refuses = false;
  outbox.retry("a");
  await vi.waitFor(() => expect(sent).toEqual(["b", "a"]));
});

test("what waits outlives the page", async () => {
  const first = box(async () => Promise.reject(new ApiError(0, {})), window.localStorage);
  first.outbox.add(unsent("a"));
  await vi.waitFor(() => expect(window.localStorage.getItem("unsent")).toContain('"a"'));
  const second = box(taken, window.localStorage);
  second.outbox.again();
  await vi.waitFor(() => expect(second.sent).toEqual(["a"]));
  expect(window.localStorage.getItem("unsent")).toBeNull();
});
