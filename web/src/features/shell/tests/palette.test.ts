// Finding a page by a few letters, and seeing only what is allowed.
import { expect, it } from "vitest";
import { visibleGroups, visiblePages } from "../nav";
import { matches } from "../Palette";

it("finds pages by letters in their order, in both languages", () => {
  expect(matches("API keys", "apk")).toBe(true);
  expect(matches("Ключі API", "клап")).toBe(false);
  expect(matches("Користувачі", "крч")).toBe(true);
});

it("leaves out pages and groups that the permissions do not open", () => {
  const groups = visibleGroups((permission) => permission === "keys.view");
  expect(groups.map((group) => group.items.map((item) => item.to))).toEqual([["/keys"]]);
});

it("shows the settings of chats to everyone who may see one of their pages, and only those", () => {
  const can = (permission: string) => permission === "op_settings.view";
  const [group] = visibleGroups(can);
  expect(group?.items.map((item) => item.label)).toEqual(["opSettings"]);
  expect(group && visiblePages(group, can).map((page) => page.label)).toEqual([
    "statuses",
    "timers",
    "distribution",
    "closing",
    "hotKeys",
  ]);
});

it("leads whoever answers clients to the requests, and whoever builds bots to the bots", () => {
  const firstOf = (...permissions: string[]) =>
    visibleGroups((permission) => permissions.includes(permission))[0]?.items[0]?.label;
  const operator = ["dialogs.view", "requests.view", "requests.take"];
  expect(firstOf(...operator)).toBe("panel");
  expect(firstOf("bots.view", ...operator)).toBe("panel");
  expect(firstOf("bots.view", "bots.edit", ...operator)).toBe("bots");
  expect(firstOf("dialogs.view", "requests.view")).toBe("dialogs");
});
