// A drawing that nobody has moved is shown whole again when the window gets another size.
import { useStore } from "@xyflow/react";
import { useEffect, useRef } from "react";

/** The page around the drawing may take a few frames until it fits a new window. */
const settlesMs = 600;

/** Gives what notes that a person has moved the drawing. */
export function useRefit(section: number, show: () => void): () => void {
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const seen = useRef({ moved: false, page: pageSize(), changedAt: Number.NEGATIVE_INFINITY });
  const latest = useRef(show);
  latest.current = show;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another section is shown whole
  useEffect(() => {
    seen.current.moved = false;
  }, [section]);

  // The window's size, not only the drawing's: a panel that opens beside it must not make it jump.
  // biome-ignore lint/correctness/useExhaustiveDependencies: after the drawing has got its size
  useEffect(() => {
    const page = pageSize();
    if (page !== seen.current.page) Object.assign(seen.current, { page, changedAt: Date.now() });
    const settles = Date.now() - seen.current.changedAt < settlesMs;
    if (settles && !seen.current.moved) latest.current();
  }, [width, height]);

  return () => {
    seen.current.moved = true;
  };
}

function pageSize(): string {
  return `${window.innerWidth} ${window.innerHeight}`;
}
