// The order and the filters of the team.
import { expect, test } from "vitest";
import type { Operator } from "../queries";
import { channelLoads, fullness, lastsTooLong, quotaMet, shownTeam } from "../team";

const row = (name: string, more: Partial<Operator> = {}) =>
  ({
    name,
    public_name: "",
    presence: "online",
    status_since: "2026-05-04T09:00:00Z",
    counted_since: "2026-05-04T09:00:00Z",
    active: 0,
    unanswered: 0,
    waiting_since: null,
    groups: [],
    ...more,
  }) as unknown as Operator;

const team = [
  row("Olena", { active: 3, waiting_since: "2026-05-04T09:10:00Z" }),
  row("Ivan", {
    presence: "offline",
    public_name: "Support",
    groups: [{ id: 7, name: "Billing" }],
  }),
  row("Anna", { active: 1, waiting_since: "2026-05-04T09:05:00Z" }),
];
const names = (filters: Parameters<typeof shownTeam>[1]) =>
  shownTeam(team, filters).map(({ name }) => name);

// proves OP-15 (part: in the app)
test("the team is found by name, by the name for clients, by status and by group", () => {
  expect(names({})).toEqual(["Anna", "Ivan", "Olena"]);
  expect(names({ q: "SUPP" })).toEqual(["Ivan"]);
  expect(names({ presence: "online" })).toEqual(["Anna", "Olena"]);
  expect(names({ group: "7" })).toEqual(["Ivan"]);
});

test("who lets a client wait longest stands first, who lets nobody wait last", () => {
  expect(names({ sort: "-wait" })).toEqual(["Anna", "Olena", "Ivan"]);
  expect(names({ sort: "-load" })).toEqual(["Olena", "Anna", "Ivan"]);
  expect(names({ sort: "nonsense" })).toEqual(["Anna", "Ivan", "Olena"]);
});

test("a limit of nothing is full", () => {
  expect(fullness(0, 0)).toBe(1);
  expect(fullness(2, 5)).toBe(0.4);
  expect(fullness(9, 5)).toBe(1);
});

test("channels with chats and channels with a limit are named once", () => {
  const loads = channelLoads({
    active_by_channel: { telegram: 2 },
    channel_limits: { telegram: 3, viber: 1 },
  });
  expect(loads).toEqual([
    { channel: "telegram", active: 2, limit: 3 },
    { channel: "viber", active: 0, limit: 1 },
  ]);
});

test("a status is too long only beyond its bound", () => {
  const since = row("Olena", { status: { max_minutes: 15 } as Operator["status"] });
  const began = Date.parse(since.counted_since ?? "");
  expect(lastsTooLong(since, began + 15 * 60_000)).toBe(false);
  expect(lastsTooLong(since, began + 15 * 60_000 + 1)).toBe(true);
  const free = row("Ivan", { status: { max_minutes: null } as Operator["status"] });
  expect(lastsTooLong(free, began + 1e12)).toBe(false);
  const finishing = { ...since, counted_since: null };
  expect(lastsTooLong(finishing, began + 1e12)).toBe(false);
});

// proves OP-15 (part: quota in the app)
test.each([
  [59, 60, false],
  [60, 60, true],
  [61, 60, true],
  [5, null, false],
])("%d clients of %s today", (touched, quota, met) => {
  expect(quotaMet({ touched, quota })).toBe(met);
});
