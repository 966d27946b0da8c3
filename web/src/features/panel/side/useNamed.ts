// Chosen topics and tags with their names, to be shown before the server answers.
import { useTags, useTopics } from "@/features/topics";
import type { Named } from "../types";

function named({ id, name, color }: { id: number; name: string; color: string }): Named {
  return { id, name, color };
}

export function useNamed() {
  const topics = useTopics().data ?? [];
  const tags = useTags().data ?? [];
  return {
    topicOf: (id: number | null): Named | null => {
      const found = topics.find((topic) => topic.id === id);
      return found ? named(found) : null;
    },
    tagsOf: (ids: number[]): Named[] =>
      ids.flatMap((id) => tags.filter((tag) => tag.id === id).map(named)),
  };
}
