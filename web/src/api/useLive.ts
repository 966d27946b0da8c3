// Keeps queries fresh by events; while none come, by asking from time to time.
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Counted, Doing, LiveEvent, Sign, Who } from "./frames";
import { live } from "./live";
import { isSessionAwaited, onSessionChange } from "./session";

const pollMs = 4_000;
/** Even then: an event that nobody sends must not leave a page wrong for ever. */
const restMs = 60_000;
const gatherMs = 200;

const again = () => {
  if (!isSessionAwaited()) live.again();
};
onSessionChange(again);
// By then the wait for the next try may be long.
window.addEventListener("online", again);
document.addEventListener("visibilitychange", () => document.hidden || again());

/** How often a query of a live page should still be asked. */
export function useRefreshMs(): number {
  return useConnected() ? restMs : pollMs;
}

/** Whether the socket is open. */
export function useConnected(): boolean {
  return useSyncExternalStore(live.onStatus, () => live.isConnected);
}

/**
 * Refetches the queries under `keys` when something happens in the topic. `apply` may put an event
 * into what is shown: where it says true, nothing is fetched.
 */
export function useLive(
  topic: string,
  mark: () => Promise<number | null>,
  keys: readonly QueryKey[],
  apply?: (event: LiveEvent) => boolean,
): void {
  const cache = useQueryClient();
  const applied = useRef(apply);
  applied.current = apply;
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
    const onEvent = (event: LiveEvent) => {
      if (!applied.current?.(event)) soon();
    };
    const stop = live.listen({ topic, mark, onEvent, onStale: soon });
    return () => {
      clearTimeout(gathering);
      stop();
    };
  }, [topic, named, cache]);
}

/** Calls back with the numbers of the folders, whenever they are others. */
export function useCounters(counted: (counted: Counted) => void): void {
  const last = useRef(counted);
  last.current = counted;
  useEffect(() => live.onCounters((one) => last.current(one)), []);
}

/** Shows the others in the topic that one is there, as long as the page is. */
export function usePresence(topic: string, as: Doing): void {
  useEffect(() => live.presence(topic, as), [topic, as]);
  useEffect(() => () => live.presence(topic, null), [topic]);
}

export type There = { who: Who; as: Doing };

/** The others: who looks at a topic and who writes there, a client among them. */
export function useOthers(topic: string): { present: There[]; typing: Who[] } {
  const [present, setPresent] = useState<There[]>([]);
  const [typing, setTyping] = useState<Who[]>([]);
  const connected = useConnected();
  useEffect(() => {
    if (!connected) return;
    const stops = [
      live.onPresence((where, sign) => {
        if (where === topic) setPresent((all) => withSign(all, sign));
      }),
      live.onTyping((where, { who, on }) => {
        if (where !== topic) return;
        setTyping((all) => [...all.filter((one) => !isSame(one, who)), ...(on ? [who] : [])]);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      setPresent([]);
      setTyping([]);
    };
  }, [topic, connected]);
  return { present, typing };
}

function withSign(all: There[], { who, on, as }: Sign): There[] {
  const others = all.filter((one) => !isSame(one.who, who));
  return on ? [...others, { who, as: as ?? "viewing" }] : others;
}

function isSame(one: Who, other: Who): boolean {
  return one.kind === other.kind && one.id === other.id;
}
