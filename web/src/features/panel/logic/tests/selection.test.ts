// Rows are chosen one by one, as a range, and step by step.
import { expect, test } from "vitest";
import { allOf, kept, nothingChosen, reached, stepped, toggled } from "../selection";

const order = [10, 20, 30, 40, 50];
const ids = (selection: { ids: ReadonlySet<number> }) => [...selection.ids].sort();

test("a row is chosen and left out again", () => {
  const one = toggled(nothingChosen, 20);
  expect(ids(toggled(one, 40))).toEqual([20, 40]);
  expect(ids(toggled(one, 20))).toEqual([]);
});

test("a range goes from the last choice, upwards too, and keeps what was chosen", () => {
  const one = toggled(toggled(nothingChosen, 50), 30);
  expect(ids(reached(one, order, 10))).toEqual([10, 20, 30, 50]);
  const longer = reached(reached(toggled(nothingChosen, 20), order, 30), order, 40);
  expect(ids(longer)).toEqual([20, 30, 40]);
});

test("a range without a beginning in the list is the row itself", () => {
  expect(ids(reached(nothingChosen, order, 30))).toEqual([30]);
  expect(ids(reached({ ids: new Set(), from: 99 }, order, 30))).toEqual([30]);
  expect(reached(nothingChosen, order, 99)).toBe(nothingChosen);
});

test("steps choose both rows, and steps back leave what lies behind", () => {
  const down = stepped(stepped(nothingChosen, order, [20, 30]), order, [30, 40]);
  expect(ids(down)).toEqual([20, 30, 40]);
  const back = stepped(down, order, [40, 30]);
  expect(ids(back)).toEqual([20, 30]);
  const beyond = stepped(stepped(back, order, [30, 20]), order, [20, 10]);
  expect(ids(beyond)).toEqual([10, 20]);
});

test("what has left the list is not chosen any more", () => {
  const all = allOf(order);
  expect(
    kept(
      all,
      order.map((id) => ({ id })),
    ),
  ).toBe(all);
  expect(ids(kept(all, [{ id: 20 }, { id: 60 }]))).toEqual([20]);
  expect(kept(all, [])).toEqual(nothingChosen);
});
