// The form's flat values and the rules as the server has them.
import { expect, test } from "vitest";
import { bounds, changeOf, outOfBounds, valuesOf } from "../values";

const rules = {
  password: { min_length: 12, classes: ["digit"], history: 3, expires_days: 90 },
  lock: { failures: 5, window_min: 15, lock_min: 15, address_failures: 50 },
  sessions: {
    idle_min: 480,
    absolute_days: 30,
    access_min: 15,
    token_rate_per_min: 600,
    one_only: false,
  },
  second_factor: { mode: "required" as const, roles: ["administrator"] },
  networks: { operator: ["203.0.113.0/24"] },
};

// proves SE-02 (part: passwords)
test("what is shown goes back unchanged", () => {
  expect(changeOf(valuesOf(rules))).toEqual(rules);
});

// proves SE-02 (part: passwords)
test("a number that the server would refuse is named before it is sent", () => {
  const values = valuesOf(rules);
  expect(outOfBounds(values)).toEqual([]);
  const wrong = { ...values, "password.min_length": 7, "sessions.idle_min": "" as never };
  expect(outOfBounds(wrong)).toEqual(["password.min_length", "sessions.idle_min"]);
  expect(Object.keys(bounds).every((rule) => rule in values)).toBe(true);
});
