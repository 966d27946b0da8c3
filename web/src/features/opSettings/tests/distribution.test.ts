// The rules of distribution between the form and the server.
import { expect, test } from "vitest";
import { changeOf, outOfBounds, ruleValuesOf } from "../distribution";

const rules = {
  auto_connect: true,
  method: "round_robin" as const,
  prefer_last_days: 7,
  accept_timeout_s: 60,
};

// proves OP-02 (part: in the app)
test("what is stored comes back as it was, typed numbers as numbers", () => {
  expect(changeOf(ruleValuesOf(rules))).toEqual(rules);
  expect(changeOf({ ...ruleValuesOf(rules), accept_timeout_s: "90" }).accept_timeout_s).toBe(90);
});

test("nothing is sent that the server would refuse", () => {
  expect(outOfBounds(rules)).toEqual([]);
  const wrong = { ...rules, prefer_last_days: 366, accept_timeout_s: "" };
  expect(outOfBounds(wrong)).toEqual(["prefer_last_days", "accept_timeout_s"]);
});
