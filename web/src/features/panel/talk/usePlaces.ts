// Where in the conversation the reader is taken: to a message, to a day, back to the newest.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { useConversation } from "../data/messages";
import type { Known } from "../logic/messages";

type Goal = { seq: number } | "end";
type Load = ReturnType<typeof useConversation>["goTo"];

const nowhere: ReadonlySet<number> = new Set();

export function usePlaces(known: Known, waiting: number, load: Load) {
  const scene = useRef<HTMLDivElement>(null);
  const [goal, setGoal] = useState<Goal | null>(null);
  const [spot, setSpot] = useState<number | null>(null);
  const [unfolded, setUnfolded] = useState(nowhere);
  const shown = useRef(known);
  shown.current = known;

  // The page of the goal is on its way, or its lines are: it is scrolled to as soon as it stands.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change may bring the goal
  useLayoutEffect(() => {
    if (goal === null) return;
    if (goal === "end") {
      const box = scene.current?.querySelector("section");
      if (box) box.scrollTop = box.scrollHeight;
      if (shown.current.newest) setGoal(null);
      return;
    }
    const line = scene.current?.querySelector(`[data-place="${goal.seq}"]`);
    if (!line) return;
    line.scrollIntoView({ block: "center" });
    setGoal(null);
  }, [goal, known, unfolded]);

  const show = useCallback((seq: number) => {
    setUnfolded((before) => new Set(before).add(seq));
    setSpot(seq);
    setGoal({ seq });
  }, []);

  const goTo = useCallback(
    async (seq: number) => {
      const isKnown = shown.current.items.some((message) => message.seq === seq);
      if (isKnown || (await load({ around: seq }))) show(seq);
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
  const clearSpot = useCallback(() => setSpot(null), []);
  return { scene, spot, unfolded, fold, goTo, goToDay, toNewest, clearSpot };
}

export type Places = ReturnType<typeof usePlaces>;
