// A list changed by events stays what the server would give.
import { expect, test } from "vitest";
import { calm } from "../calm";
import { isIn, type Pages, waitsSince, withChanged, withoutRequest, withRequest } from "../list";
import { request } from "./rows";

const at = (minute: number) => `2026-05-04T10:${String(minute).padStart(2, "0")}:00Z`;
const said = (id: number, minute: number, rev = 1) =>
  request(id, { last_message_at: at(minute), rev });

function pages(rows: ReturnType<typeof request>[][], more = false): Pages {
  return {
    pages: rows.map((items, index) => ({
      items,
      next_cursor: more || index < rows.length - 1 ? "next" : null,
    })),
    pageParams: rows.map(() => undefined),
  };
}

const ids = (list: Pages) => list.pages.map(({ items }) => items.map(({ id }) => id));

// proves OP-23 (part: in the app)
test("a message in the last request brings it to the top", () => {
  const list = pages([[said(3, 30), said(2, 20)], [said(1, 10)]]);
  expect(ids(withRequest(list, said(1, 40, 2), "last_message_at", true))).toEqual([[1, 3, 2], []]);
});

test("a request that does not belong there any more leaves", () => {
  const list = pages([[said(3, 30), said(2, 20)]]);
  expect(ids(withRequest(list, said(3, 30, 2), "last_message_at", false))).toEqual([[2]]);
  expect(ids(withoutRequest(list, 2))).toEqual([[3]]);
  expect(withoutRequest(list, 9)).toBe(list);
});

test("what belongs behind the loaded part comes with its page", () => {
  const list = pages([[said(3, 30), said(2, 20)]], true);
  expect(ids(withRequest(list, said(1, 10), "last_message_at", true))).toEqual([[3, 2]]);
  const whole = pages([[said(3, 30), said(2, 20)]]);
  expect(ids(withRequest(whole, said(1, 10), "last_message_at", true))).toEqual([[3, 2, 1]]);
});

test("older news changes nothing", () => {
  const list = pages([[said(3, 30, 5)]]);
  expect(withRequest(list, said(3, 10, 4), "last_message_at", true)).toBe(list);
});

test("by waiting the longest stands first", () => {
  const asked = (id: number, minute: number) =>
    request(id, { last_reply_at: at(1), last_client_at: at(minute) });
  const answered = request(4, { last_reply_at: at(2), last_client_at: at(1) });
  const list = pages([[asked(1, 10), asked(2, 20), answered]]);
  expect(ids(withRequest(list, asked(3, 15), "waiting", true))).toEqual([[1, 3, 2, 4]]);
});

test("found rows change where they stand", () => {
  const list = pages([[said(3, 30), said(2, 20)]]);
  expect(ids(withChanged(list, said(2, 50, 2)))).toEqual([[3, 2]]);
  expect(withChanged(list, said(9, 50))).toBe(list);
});

test("folders hold what their names say", () => {
  const mine = request(1, { assignee: { id: 5, name: "Olha", color: "" } });
  expect([isIn("my", mine, 5), isIn("my", mine, 6)]).toEqual([true, false]);
  expect(isIn("unassigned", mine, 5)).toBe(false);
  expect(isIn("unassigned", request(1, { state: "new" }), 5)).toBe(true);
  expect(isIn("queue", request(1, { state: "queue" }), 5)).toBe(true);
  const closed = request(1, { state: "closed", assignee: mine.assignee });
  expect([isIn("closed", closed, 5), isIn("my", closed, 5), isIn("all", closed, 5)]).toEqual([
    true,
    false,
    true,
  ]);
});

test("the client waits from his word to ours", () => {
  expect(waitsSince(request(1, { created_at: at(5) }))).toBe(at(5));
  const asked = { last_client_at: at(9), last_reply_at: at(8) };
  expect(waitsSince(request(1, asked))).toBe(at(9));
  expect(waitsSince(request(1, { ...asked, last_reply_at: at(10) }))).toBeNull();
  expect(waitsSince(request(1, { ...asked, state: "closed" }))).toBeNull();
});

test("under the pointer nothing moves: what came waits, what left goes", () => {
  const rows = [said(9, 50), said(2, 20), said(1, 10), said(7, 5)];
  expect(calm(rows, null)).toEqual({ rows, waiting: 0 });
  const held = calm(rows, [1, 2, 3]);
  expect(held.rows.map(({ id }) => id)).toEqual([1, 2, 7]);
  expect(held.waiting).toBe(1);
});
