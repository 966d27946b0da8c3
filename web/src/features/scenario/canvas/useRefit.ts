// A drawing that nobody has moved is shown whole again when the window gets another size.
import { useStore } from "@xyflow/react";
import { useEffect, useRef } from "react";

/** Gives what notes that a person has moved the drawing. */
export function useRefit(section: number, show: () => void): () => void {
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const seen = useRef({ moved: false, resized: false });
  const latest = useRef(show);
  latest.current = show;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another section is shown whole
  useEffect(() => {
    seen.current.moved = false;
  }, [section]);

  // The window, not the drawing: a panel that opens beside it must not make it jump.
  useEffect(() => {
    const note = () => {
      seen.current.resized = true;
    };
    window.addEventListener("resize", note);
    return () => window.removeEventListener("resize", note);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: after the drawing has got its size
  useEffect(() => {
    if (!seen.current.resized) return;
    seen.current.resized = false;
    if (!seen.current.moved) latest.current();
  }, [width, height]);

  return () => {
    seen.current.moved = true;
  };
}
