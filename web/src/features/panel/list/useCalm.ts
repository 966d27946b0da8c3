// Holds the list still while the pointer is over it or the reader has gone down in it.
import { useCallback, useMemo, useRef, useState } from "react";
import { calm } from "../logic/calm";

/** The pointer moves over rows, or is gone; only a mouse stays where it is. */
type Pointer = { pointerType: string };

export function useCalm<Row extends { id: number }>(rows: Row[]) {
  const [held, setHeld] = useState<number[] | null>(null);
  const over = useRef(false);
  const down = useRef(false);
  const latest = useRef(rows);
  latest.current = rows;

  const settle = useCallback(() => {
    const still = over.current || down.current;
    setHeld((before) => {
      if (!still) return null;
      return before ?? (latest.current.length > 0 ? latest.current.map(({ id }) => id) : null);
    });
  }, []);

  const onPointerEnter = useCallback(
    ({ pointerType }: Pointer) => {
      over.current = pointerType === "mouse";
      settle();
    },
    [settle],
  );
  const onPointerLeave = useCallback(() => {
    over.current = false;
    settle();
  }, [settle]);
  const onScrolled = useCallback(
    (top: number) => {
      if (down.current === top > 0) return;
      down.current = top > 0;
      settle();
    },
    [settle],
  );
  /** Lets in what waits, and holds the new order. */
  const letIn = useCallback(() => {
    setHeld(over.current ? latest.current.map(({ id }) => id) : null);
  }, []);

  const shown = useMemo(() => calm(rows, held), [rows, held]);
  return { ...shown, onPointerEnter, onPointerLeave, onScrolled, letIn };
}
