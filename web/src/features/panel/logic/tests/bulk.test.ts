// What was done to many is taken back for those alone to whom it was done.
import { expect, test } from "vitest";
import { nameOf, overLimit, portionSize, portions, wayBack } from "../bulk";
import { request } from "./rows";

const named = (id: number) => ({ id, name: String(id), color: "" });

test("many requests go in portions that miss none", () => {
  const ids = Array.from({ length: 2 * portionSize + 1 }, (_, index) => index);
  expect(portions(ids).map(({ length }) => length)).toEqual([portionSize, portionSize, 1]);
  expect(portions(ids).flat()).toEqual(ids);
  expect(portions([])).toEqual([]);
});

test("tags go back to what each had", () => {
  const before = [
    request(1, { tags: [named(7)] }),
    request(2, { tags: [named(8)] }),
    request(3, { tags: [named(8)] }),
    request(4, { tags: [] }),
  ];
  const change = { tags: { add: [7], remove: [8] } };
  expect(wayBack(change, before, [1, 2, 3])).toEqual([
    { ids: [1], change: { tags: { add: [], remove: [] } } },
    { ids: [2, 3], change: { tags: { add: [8], remove: [7] } } },
  ]);
});

test("topics go back to the topic of each, and words become unread again", () => {
  const before = [
    request(1, { subject: named(5), unread: 3 }),
    request(2, { unread: 1 }),
    request(3, { unread: 1 }),
  ];
  const all = [1, 2, 3];
  expect(wayBack({ topic: { subject_id: 9 } }, before, all)).toEqual([
    { ids: [1], change: { topic: { subject_id: 5 } } },
    { ids: [2, 3], change: { topic: { subject_id: null } } },
  ]);
  expect(wayBack({ read: {} }, before, all)).toEqual([
    { ids: [1], change: { unread: { count: 3 } } },
    { ids: [2, 3], change: { unread: { count: 1 } } },
  ]);
});

test("a close and an assignment have no way back", () => {
  const assign = { assign: { operator_id: 5, over_limit: false } };
  expect(wayBack({ close: {} }, [request(1)], [1])).toEqual([]);
  expect(wayBack(assign, [request(1)], [1])).toEqual([]);
  expect(nameOf(assign)).toBe("assign");
  expect(overLimit(assign)).toEqual({ assign: { operator_id: 5, over_limit: true } });
  expect(overLimit({ close: {} })).toBeNull();
});
