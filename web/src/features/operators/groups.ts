// What the page of skill groups works out: topics that anybody answers, groups that are looked for.
import type { SkillGroup } from "./queries";

type Topic = { id: number; active: boolean };
type Names = ReadonlyMap<number, string>;

/** Active topics that stand in no active group: every operator answers them. */
export function openTopics<T extends Topic>(topics: readonly T[], groups: readonly SkillGroup[]) {
  const held = new Set(groups.filter(({ active }) => active).flatMap(({ topic_ids }) => topic_ids));
  return topics.filter(({ id, active }) => active && !held.has(id));
}

/** By the group's own name, a topic of it or somebody in it. */
export function searchedGroups(
  groups: readonly SkillGroup[],
  text: string | undefined,
  topics: Names,
  people: Names,
): SkillGroup[] {
  const wanted = text?.trim().toLocaleLowerCase() ?? "";
  return groups.filter(({ name, topic_ids, member_ids }) =>
    [
      name,
      ...topic_ids.map((id) => topics.get(id) ?? ""),
      ...member_ids.map((id) => people.get(id) ?? ""),
    ].some((one) => one.toLocaleLowerCase().includes(wanted)),
  );
}
