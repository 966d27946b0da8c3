// Looking for words in the conversation: the places, which of them is shown, and the next ones.
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { shortestSearch, useHits } from "../data/messages";

const pauseMs = 250;

export function useFind(id: number, goTo: (seq: number) => void) {
  const [typed, setTyped] = useState("");
  const [late] = useDebouncedValue(typed, pauseMs);
  // What is emptied is not looked for a moment longer.
  const words = typed.trim() === "" ? "" : late.trim();
  const hits = useHits(id, words);
  const [current, setCurrent] = useState<number | null>(null);
  const go = useRef(goTo);
  go.current = goTo;
  const items = hits.data?.items;
  const at = items?.findIndex(({ seq }) => seq === current) ?? -1;
  const newest = items?.[0]?.seq ?? null;

  // Other words begin at their latest place; the same ones read anew stay where they are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer
  useEffect(() => {
    if (!items || at >= 0) return;
    setCurrent(newest);
    if (newest !== null) go.current(newest);
  }, [items]);

  /** Round and round: behind the oldest place comes the latest. */
  const step = (by: 1 | -1) => {
    if (!items || items.length === 0) return;
    const hit = items[(Math.max(at, 0) + by + items.length) % items.length];
    if (!hit) return;
    setCurrent(hit.seq);
    go.current(hit.seq);
  };
  const tooShort = words.length > 0 && words.length < shortestSearch;
  return { typed, setTyped, words: tooShort ? "" : words, tooShort, hits, at, step };
}

export type Find = ReturnType<typeof useFind>;
