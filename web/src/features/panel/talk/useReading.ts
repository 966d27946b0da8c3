// Tells the server what was read: the page in focus, the newest message in sight.
import { useCallback, useEffect, useRef } from "react";
import { markRead } from "../data/actions";
import type { Request } from "../types";

/** `reads`: whose reading counts; who only looks on changes nothing. */
export function useReading(request: Request, lastSeq: number, reads: boolean) {
  const atEnd = useRef(true);
  const told = useRef(0);
  const { id, unread } = request;

  const tell = useCallback(() => {
    const looks = document.visibilityState === "visible" && document.hasFocus();
    if (!reads || !looks || !atEnd.current || unread === 0 || told.current >= lastSeq) return;
    told.current = lastSeq;
    // Lost to a break, it is told with the next message or the next look.
    markRead(id, lastSeq).catch(() => {
      told.current = 0;
    });
  }, [id, unread, lastSeq, reads]);

  useEffect(() => {
    tell();
    window.addEventListener("focus", tell);
    document.addEventListener("visibilitychange", tell);
    return () => {
      window.removeEventListener("focus", tell);
      document.removeEventListener("visibilitychange", tell);
    };
  }, [tell]);

  return useCallback(
    (isAtEnd: boolean) => {
      atEnd.current = isAtEnd;
      tell();
    },
    [tell],
  );
}
