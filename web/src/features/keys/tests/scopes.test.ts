// Choosing scopes and the expiry of a key.
import { expect, it } from "vitest";
import { fromLocal, toLocal } from "../expiry";
import { toggleScope } from "../scopes";

it("adds reading to writing, and takes writing away with reading", () => {
  const chosen = toggleScope([], "bots:write", true);
  expect(chosen).toEqual(["bots:read", "bots:write"]);
  expect(toggleScope(chosen, "bots:read", false)).toEqual([]);
  expect(toggleScope(chosen, "bots:write", false)).toEqual(["bots:read"]);
});

it("takes the expiry through the browser's date field unchanged", () => {
  const moment = "2027-03-28T01:30:00.000Z";
  expect(fromLocal(toLocal(moment))).toBe(moment);
  expect(fromLocal(toLocal(null))).toBeNull();
});
