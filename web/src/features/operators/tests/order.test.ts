// The order of statuses, and bounds as they are typed.
import { expect, test } from "vitest";
import { limitError } from "../limits";
import { moved } from "../order";

const statuses = [
  { id: 1, position: 1, is_system: true },
  { id: 4, position: 10, is_system: false },
  { id: 5, position: 10, is_system: false },
  { id: 6, position: 10, is_system: false },
];

test("a status changes places with its neighbour, and equal places are told apart", () => {
  expect(moved(statuses, 5, -1)).toEqual([
    { id: 4, position: 11 },
    { id: 6, position: 12 },
  ]);
});

test("the first goes no higher, the last no lower, those of the system stay", () => {
  expect(moved(statuses, 4, -1)).toEqual([]);
  expect(moved(statuses, 6, 1)).toEqual([]);
  expect(moved(statuses, 1, 1)).toEqual([]);
});

test("a limit is a whole number that is not too large", () => {
  expect([0, 5, "7", 1000].some(limitError)).toBe(false);
  expect([-1, 1.5, "", "  ", "many", 1001].every(limitError)).toBe(true);
});
