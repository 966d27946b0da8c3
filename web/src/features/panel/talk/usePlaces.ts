// Where in the conversation the reader is taken: to a message, to a day, back to the newest.
import { useCallback, useEffect, useRef, useState } from "react";
import type { useConversation } from "../data/messages";
import type { Known } from "../logic/messages";
import type { Message } from "../types";

type Load = ReturnType<typeof useConversation>["goTo"];

const nowhere: ReadonlySet<number> = new Set();

export function usePlaces(known: Known, waiting: number, load: Load) {
  const [goal, setGoal] = useState<number | "end" | null>(null);
  const [spot, setSpot] = useState<number | null>(null);
  const [unfolded, setUnfolded] = useState(nowhere);
  const shown = useRef(known);
  shown.current = known;

  const show = useCallback((seq: number) => {
    setUnfolded((before) => new Set(before).add(seq));
    setSpot(seq);
    setGoal(seq);
  }, []);

  const goTo = useCallback(
    async (seq: number) => {
      const isIn = (items: Message[]) => items.some((message) => message.seq === seq);
      // What is answered may be kept from this reader.
      if (isIn(shown.current.items) || isIn((await load({ around: seq }))?.items ?? [])) show(seq);
    },
    [load, show],
  );

  const toNewest = useCallback(async () => {
    setSpot(null);
    if (shown.current.newest || (await load("newest"))) setGoal("end");
  }, [load]);

  /** The moment of the first message since; "none" after the last one, null when it failed. */
  const goToDay = useCallback(
    async (from: string): Promise<string | "none" | null> => {
      const page = await load({ from });
      if (!page) return null;
      const since = Date.parse(from);
      const first = page.items.find(({ created_at }) => Date.parse(created_at) >= since);
      if (first) show(first.seq);
      else setGoal("end");
      return first?.created_at ?? "none";
    },
    [load, show],
  );

  // What is sent now stands at the end: whoever reads back in time is taken there.
  const before = useRef(waiting);
  useEffect(() => {
    if (waiting > before.current && !shown.current.newest) void toNewest();
    before.current = waiting;
  }, [waiting, toNewest]);

  const fold = useCallback((seqs: number[], isUnfolded: boolean) => {
    setUnfolded((known) => {
      const next = new Set(known);
      for (const seq of seqs) next.delete(seq);
      if (!isUnfolded && seqs[0] !== undefined) next.add(seqs[0]);
      return next;
    });
  }, []);
  const reached = useCallback(() => setGoal(null), []);
  const clearSpot = useCallback(() => setSpot(null), []);
  return { goal, reached, spot, unfolded, fold, goTo, goToDay, toNewest, clearSpot };
}

export type Places = ReturnType<typeof usePlaces>;
