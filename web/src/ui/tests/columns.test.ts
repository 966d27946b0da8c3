// Widths of columns in boxes of different widths.
import { expect, test } from "vitest";
import { type Column, fitted } from "../table/columns";

const cell = () => null;
const columns: Column<object>[] = [
  { id: "name", header: "Name", cell },
  { id: "role", header: "Role", width: 200, cell },
  { id: "state", header: "State", width: 140, cell },
  { id: "menu", header: "", width: 50, cell },
];

test("columns have the width they ask for where there is room, and the name takes the rest", () => {
  expect(fitted(columns, 1200)).toEqual({ total: 550, columns: [undefined, 200, 140, 50] });
  expect(fitted(columns, 0).total).toBe(550);
});

test("they become a little narrower to fit, but never the menu of the row", () => {
  expect(fitted(columns, 450)).toEqual({ total: 450, columns: [undefined, 160, 112, 50] });
});

test("a column of badges keeps its width, so that no word is cut", () => {
  const rigid = columns.map((one) => (one.id === "state" ? { ...one, rigid: true } : one));
  expect(fitted(rigid, 450)).toEqual({ total: 450, columns: [undefined, 144, 140, 50] });
});

test("in a box that is too narrow for that the table is wider and is scrolled", () => {
  expect(fitted(columns, 300)).toEqual({ total: 400, columns: [undefined, 140, 98, 50] });
});
