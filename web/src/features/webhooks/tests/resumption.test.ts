// What of that which waited is sent when a webhook goes on.
import { expect, test } from "vitest";
import { localInput, momentOf } from "@/ui/time/localInput";
import { periodOfChoice } from "../resumption";

const now = new Date("2026-05-04T12:00:00Z");
const from = localInput(new Date("2026-05-04T08:00:00Z"));

// proves INT-14 (part: page)
test.each([
  ["all", {}],
  ["none", { from: now.toISOString() }],
  ["period", { from: "2026-05-04T08:00:00.000Z", to: undefined }],
] as const)("%s is %j", (what, period) => {
  expect(periodOfChoice({ what, from, to: "" }, now)).toEqual(period);
});

test("an input gives back the moment it was made of", () => {
  expect(momentOf(localInput(now))).toBe(now.toISOString());
  expect(momentOf("")).toBeUndefined();
});
