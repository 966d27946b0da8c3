// The colleagues chosen for the note of a request, kept in this browser as long as its draft.
import { useLocalStorage } from "@mantine/hooks";
import type { Mentioned } from "../../types";
import { mentionedIn } from "./mentions";

export function useChosen(me: number, requestId: number, note: string) {
  const [kept, keep, forget] = useLocalStorage<Mentioned[]>({
    key: `connective.mentions.${me}.${requestId}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const people = mentionedIn(note, kept);
  const add = (person: Mentioned) => keep([...people.filter(({ id }) => id !== person.id), person]);
  return { people, add, forget };
}
