// Which topics anybody answers, and how groups are found.
import { expect, test } from "vitest";
import { openTopics, searchedGroups } from "../groups";
import type { SkillGroup } from "../queries";

const group = (id: number, name: string, topic_ids: number[], more: Partial<SkillGroup> = {}) =>
  ({ id, name, topic_ids, member_ids: [], active: true, ...more }) as unknown as SkillGroup;
const topics = [
  { id: 1, active: true },
  { id: 2, active: true },
  { id: 3, active: false },
];

test("a topic is everyone's while no active group holds it", () => {
  const groups = [group(1, "Billing", [1]), group(2, "Old", [2], { active: false })];
  expect(openTopics(topics, groups).map(({ id }) => id)).toEqual([2]);
  expect(openTopics(topics, []).map(({ id }) => id)).toEqual([1, 2]);
});

test("a group is found by its name, its topics and its people", () => {
  const groups = [group(1, "Billing", [1]), group(2, "Night", [2], { member_ids: [9] })];
  const found = (text?: string) =>
    searchedGroups(
      groups,
      text,
      new Map([
        [1, "Payments"],
        [2, "Delivery"],
      ]),
      new Map([[9, "Olena Koval"]]),
    ).map(({ id }) => id);
  expect(found()).toEqual([1, 2]);
  expect(found("bill")).toEqual([1]);
  expect(found("DELIV")).toEqual([2]);
  expect(found("olena")).toEqual([2]);
});
