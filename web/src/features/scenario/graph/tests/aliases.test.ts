// Where a scenario can be entered by name. proves SC-11 (part: choice of aliases)
import { expect, it } from "vitest";
import { aliasesOf, type Graph } from "../document";

it("offers each alias of the entry points once, in order", () => {
  const entry = (id: number, alias?: string) => ({ id, type: "entry", data: { alias } });
  const exit = { id: 9, type: "exit", data: { target: "alias", alias: "elsewhere" } };
  const nodes = [entry(1, "rating"), entry(2, "menu"), entry(3, "rating"), entry(4), exit];
  expect(aliasesOf({ nodes } as unknown as Graph)).toEqual(["menu", "rating"]);
});
