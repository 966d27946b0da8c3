// Events change what is shown: rows move and leave, messages appear, details follow.
import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test, vi } from "vitest";
import type { Pages } from "../../logic/list";
import { message, request } from "../../logic/tests/rows";
import type { Details, Request } from "../../types";
import { keys } from "../keys";
import { takeEvent } from "../live";

const me = 5;
const listKey = (folder: string, q?: string) => [
  ...keys.lists,
  { folder, sort: "last_message_at", q },
];
const at = (minute: number) => `2026-05-04T10:${minute}:00Z`;
const mine = (id: number, minute: number, more: Partial<Request> = {}) =>
  request(id, {
    assignee: { id: me, name: "Olha", color: "" },
    last_message_at: at(minute),
    ...more,
  });

let cache: QueryClient;

beforeEach(() => {
  cache = new QueryClient();
  const page = { items: [mine(2, 30), mine(1, 20)], next_cursor: null };
  for (const key of [listKey("my"), listKey("my", "ann")]) {
    cache.setQueryData(key, { pages: [page], pageParams: [undefined] });
  }
});

const ids = (folder: string, q?: string) =>
  cache
    .getQueryData<Pages>(listKey(folder, q))
    ?.pages.flatMap(({ items }) => items.map(({ id }) => id));
const happen = (kind: string, data: object) =>
  takeEvent(cache, { id: 9, kind, data: { ...data } }, me);

test("a message brings its request to the top, a search keeps its order", () => {
  happen("message.created", { request: mine(1, 40, { rev: 2 }), message: message(4) });
  expect(ids("my")).toEqual([1, 2]);
  expect(ids("my", "ann")).toEqual([2, 1]);
});

test("a request that others have now, or that is out of sight, leaves the list", () => {
  happen("request.assigned", { request: request(1, { rev: 2, assignee: null }) });
  happen("request.left", { id: 2 });
  expect(ids("my")).toEqual([]);
});

test("an opened request follows its changes and asks anew what may be done with it", () => {
  const details = { request: mine(1, 20), may: ["reply"] } as unknown as Details;
  cache.setQueryData(keys.request(1), details);
  const asked = vi.spyOn(cache, "invalidateQueries");
  happen("request.updated", { request: mine(1, 20, { rev: 2, comment: "New" }) });
  expect(cache.getQueryData<Details>(keys.request(1))?.request.comment).toBe("New");
  expect(asked).not.toHaveBeenCalledWith({ queryKey: keys.request(1) });
  happen("request.closed", { request: mine(1, 20, { rev: 3, state: "closed" }) });
  expect(asked).toHaveBeenCalledWith({ queryKey: keys.request(1) });
});

test("a message appears in every opened request of its dialog", () => {
  for (const id of [1, 3]) {
    const details = { request: mine(id, 20, { dialog_id: 8 }) } as unknown as Details;
    cache.setQueryData(keys.request(id), details);
    cache.setQueryData(keys.messages(id), { items: [message(1)], complete: true, newest: true });
  }
  happen("message.created", { request: mine(3, 40, { dialog_id: 8 }), message: message(2) });
  for (const id of [1, 3]) {
    expect(cache.getQueryData(keys.messages(id))).toMatchObject({
      items: [{ seq: 1 }, { seq: 2 }],
    });
  }
});

// proves OP-28 (part: names of topics and tags)
test("another name of a topic or a tag has rows and what is open read anew", () => {
  for (const kind of ["topic.updated", "topic.deleted", "tag.updated"]) {
    const asked = vi.spyOn(cache, "invalidateQueries");
    happen(kind, { topic: { id: 3, name: "Money" } });
    expect(asked).toHaveBeenCalledWith({ queryKey: keys.lists });
    expect(asked).toHaveBeenCalledWith({ queryKey: ["panel", "request"] });
    asked.mockRestore();
  }
});

// proves OP-28 (part: after the close)
test("what the client goes on with stands in the closed request that is open", () => {
  const known = { items: [message(3)], older: false, newer: false };
  cache.setQueryData(keys.messages(1), known);
  const patched = vi.spyOn(cache, "setQueryData");
  happen("message.created", {
    message: message(4, { request_id: null }),
    conversation: { request_id: 1, dialog_id: 8 },
  });
  expect(patched.mock.calls.some(([key]) => key[1] === "messages" && key[2] === 1)).toBe(true);
  expect(ids("my")).toEqual([2, 1]);
});
