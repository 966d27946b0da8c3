// Tells the server what was read: the page in focus, the newest message in sight.
import { useCallback, useEffect, useRef } from "react";
import { markRead } from "../data/actions";
import type { Request } from "../types";

/** After a break; what counts is then told as it is by then. */
const againMs = 3000;

/** `reads`: whose reading counts; who only looks on changes nothing. */
export function useReading(request: Request, lastSeq: number, reads: boolean) {
  const atEnd = useRef(true);
  const told = useRef("");
  const again = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef<() => void>(() => undefined);
  const { id, unread } = request;

  const tell = useCallback(() => {
    const looks = document.visibilityState === "visible" && document.hasFocus();
    const seen = `${lastSeq} ${unread}`;
    if (!reads || !looks || !atEnd.current || unread === 0 || told.current === seen) return;
    told.current = seen;
    markRead(id, lastSeq).catch(() => {
      told.current = "";
      clearTimeout(again.current);
      again.current = setTimeout(() => latest.current(), againMs);
    });
  }, [id, unread, lastSeq, reads]);
  latest.current = tell;
  useEffect(() => () => clearTimeout(again.current), []);

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
