// Naming a colleague in a note: `@` offers those who may see the request, keys choose one.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, type SyntheticEvent, useId, useState } from "react";
import { api, send } from "@/api/client";
import type { Mentioned } from "../../types";
import type { Writing } from "../useComposer";
import { begunAt } from "./mentions";

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
const nobody: Mentioned[] = [];

export function useMentioning(
  requestId: number,
  writing: Pick<Writing, "kind" | "text" | "write" | "mentions">,
  input: RefObject<HTMLTextAreaElement | null>,
) {
  const id = useId();
  const [cursor, setCursor] = useState<number | null>(null);
  const [marked, setMarked] = useState(0);
  const [dismissed, dismiss] = useState<number | null>(null);
  const isNote = writing.kind === "note" && cursor !== null;
  const begun = isNote ? begunAt(writing.text, cursor, writing.mentions.people) : null;
  if (!begun && dismissed !== null) dismiss(null);
  const asks = begun !== null && begun.at !== dismissed;
  const { data = nobody, isSuccess } = useMentionable(requestId, asks ? begun.letters : null);
  const wanted = begun?.letters.trim().toLowerCase() ?? "";
  // What is shown meanwhile was asked for fewer letters.
  const people = asks ? data.filter(({ name }) => name.toLowerCase().includes(wanted)) : nobody;
  const at = Math.min(marked, people.length - 1);
  // Behind a blank it may be any other word that follows.
  const isOpen = asks && isSuccess && (people.length > 0 || !begun.letters.includes(" "));

  const choose = (person: Mentioned | undefined) => {
    if (!person || !begun || !input.current || cursor === null) return;
    input.current.setRangeText(`@${person.name} `, begun.at, cursor, "end");
    writing.mentions.add(person);
    writing.write(input.current.value);
    setCursor(input.current.selectionStart);
  };
  /** Whether the key was for the list. */
  const takesKey = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { key, nativeEvent, shiftKey, ctrlKey, metaKey, altKey } = event;
    const isPlain = !(shiftKey || ctrlKey || metaKey || altKey || nativeEvent.isComposing);
    const step = steps[key];
    const chooses = key === "Enter" || key === "Tab";
    if (!isOpen || !isPlain) return false;
    if (key === "Escape") dismiss(begun.at);
    else if (people.length === 0) return false;
    else if (step) setMarked((at + step + people.length) % people.length);
    else if (chooses) choose(people[at]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const onSelect = ({ currentTarget }: SyntheticEvent<HTMLTextAreaElement>) => {
    const { selectionStart, selectionEnd } = currentTarget;
    setCursor(selectionStart === selectionEnd ? selectionEnd : null);
    setMarked(0);
  };
  const field = isOpen && {
    "aria-controls": id,
    "aria-activedescendant": people[at] && `${id}-${people[at].id}`,
  };
  return {
    list: { id, isOpen, people, at, choose, mark: setMarked },
    takesKey,
    field: { onSelect, onBlur: () => setCursor(null), ...field },
  };
}

function useMentionable(requestId: number, letters: string | null) {
  return useQuery({
    queryKey: ["panel", "mentionable", requestId, letters],
    queryFn: ({ signal }) =>
      send(
        api.GET("/api/v1/requests/{request_id}/mentionable", {
          params: { path: { request_id: requestId }, query: { q: letters ?? "" } },
          signal,
        }),
      ),
    enabled: letters !== null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

export type MentionChoice = ReturnType<typeof useMentioning>["list"];
