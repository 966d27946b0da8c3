// Sentences of the journal and the names in them.
import { expect, test } from "vitest";
import { partsOf } from "../trace";

test("a sentence is cut at the names it holds, and only where they are whole words", () => {
  expect(partsOf("Змінної order немає; reorder є.", ["order"])).toEqual([
    "Змінної ",
    "order",
    " немає; reorder є.",
  ]);
  expect(partsOf("The variable a.b could not be written (too_long).", ["too_long", "a.b"])).toEqual(
    ["The variable ", "a.b", " could not be written (", "too_long", ")."],
  );
  expect(partsOf("The block had nothing to say.", [""])).toEqual(["The block had nothing to say."]);
});
