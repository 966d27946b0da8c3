// Cancels what was not sent yet and brings it back into the composer.
import { useCallback, useEffect, useRef } from "react";
import { useCancelScheduled, useScheduled } from "../../data/scheduled";
import type { Scheduled } from "../../types";
import type { Writing } from "../useComposer";
import { giveBack, onGivenBack } from "./takenBack";

export function useTakeBack(me: number) {
  const { mutate } = useCancelScheduled();
  return useCallback(
    (one: Scheduled) => mutate(one, { onSuccess: (words) => giveBack(me, words) }),
    [mutate, me],
  );
}

/** Takes back the last reply of one's own that is only delayed; false where there is none. */
export function useRegret(requestId: number, me: number): () => boolean {
  const takeBack = useTakeBack(me);
  const waiting = useScheduled(requestId);
  return () => {
    const last = waiting.findLast(
      ({ delayed, state, author_id }) => delayed && state === "waiting" && author_id === me,
    );
    if (last) takeBack(last);
    return last !== undefined;
  };
}

/** The composer shows what is given back and is ready for other words. */
export function useGivenBack(requestId: number, writing: Writing, focus: () => void): void {
  const now = useRef({ writing, focus });
  now.current = { writing, focus };
  useEffect(
    () =>
      onGivenBack(requestId, (parts) => {
        now.current.writing.setKind("reply");
        now.current.writing.uploads.restore(parts);
        now.current.focus();
      }),
    [requestId],
  );
}
