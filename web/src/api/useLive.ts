// Keeps queries fresh by events; while none come, by asking from time to time.
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { live } from "./live";
import { isSessionAwaited, onSessionChange } from "./session";

const pollMs = 4_000;
/** Even then: an event that nobody sends must not leave a page wrong for ever. */
const restMs = 60_000;
const gatherMs = 200;

onSessionChange(() => {
  if (!isSessionAwaited()) live.again();
});

/** How often a query of a live page should still be asked. */
export function useRefreshMs(): number {
  const connected = useSyncExternalStore(live.onStatus, () => live.isConnected);
  return connected ? restMs : pollMs;
}

/** Refetches the queries under `keys` when something happens in the topic. */
export function useLive(
  topic: string,
  mark: () => Promise<number | null>,
  keys: readonly QueryKey[],
): void {
  const cache = useQueryClient();
  const named = JSON.stringify(keys);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new topic is a new subscription
  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const refetch = () => {
      gathering = undefined;
      for (const queryKey of JSON.parse(named) as QueryKey[]) {
        void cache.invalidateQueries({ queryKey });
      }
    };
    const soon = () => {
      gathering ??= setTimeout(refetch, gatherMs);
    };
    const stop = live.listen({ topic, mark, onEvent: soon, onStale: soon });
    return () => {
      clearTimeout(gathering);
      stop();
    };
  }, [topic, named, cache]);
}
