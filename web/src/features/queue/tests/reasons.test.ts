// Reasons of waiting.
import { expect, test } from "vitest";
import { reasonOf, reasons } from "../reasons";

// proves OP-25 (part: in the app)
test("every reason of the server is known, and what is not known yet is not lost", () => {
  for (const word of ["no_skill_group", "nobody_online", "all_at_limit", "quota"]) {
    expect(reasonOf(word)).toBe(word);
  }
  expect(reasonOf(null)).toBe("next");
  expect(reasonOf("toString")).toBe("next");
});

test("what nobody can ever take is the loudest", () => {
  const loud = Object.entries(reasons).filter(([, tone]) => tone === "bad");
  expect(loud.map(([reason]) => reason)).toEqual(["no_skill_group"]);
});
