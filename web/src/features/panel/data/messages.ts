// The conversation of a request: its newest messages, and any other piece of it on demand.
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, send } from "@/api/client";
import { useRefreshMs } from "@/api/useLive";
import { showProblem } from "@/ui/feedback/notify";
import {
  type Known,
  type Page,
  pageSize,
  withAgain,
  withNewer,
  withNewest,
  withOlder,
  withOne,
  withPlace,
} from "../logic/messages";
import type { Message } from "../types";
import { keys, pathOf } from "./keys";

type Place = { before?: number; after?: number; around?: number; from?: string; limit?: number };

/** What the server gives at once. */
const mostAtOnce = 200;

function fetchPage(request_id: number, place: Place = {}, signal?: AbortSignal): Promise<Page> {
  return send(
    api.GET("/api/v1/requests/{request_id}/messages", {
      params: { path: { request_id }, query: { limit: pageSize, ...place } },
      signal,
    }),
  );
}

export function useConversation(id: number) {
  const cache = useQueryClient();
  const queryKey = keys.messages(id);
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const known = cache.getQueryData<Known>(queryKey);
      const first = known?.items[0];
      if (!known || known.newest || !first) {
        const page = await fetchPage(id, {}, signal);
        return withNewest(cache.getQueryData<Known>(queryKey), page);
      }
      // Whoever reads back in time stays there.
      const limit = Math.min(mostAtOnce, known.items.length);
      const page = await fetchPage(id, { after: first.seq - 1, limit }, signal);
      return withAgain(cache.getQueryData<Known>(queryKey) ?? known, page);
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: useRefreshMs(),
  });
  useEffect(
    () => () => {
      const left = keys.messages(id);
      // The next look begins at the newest again.
      if (cache.getQueryData<Known>(left)?.newest === false) {
        cache.removeQueries({ queryKey: left, exact: true });
      }
    },
    [cache, id],
  );
  return { query, known: query.data, ...usePieces(id) };
}

/** Other pieces of the conversation, joined with the known one or shown instead of it. */
function usePieces(id: number) {
  const cache = useQueryClient();
  const [loading, setLoading] = useState<"older" | "newer" | null>(null);
  const asked = useRef(false);

  const more = useCallback(
    async (which: "older" | "newer") => {
      const known = cache.getQueryData<Known>(keys.messages(id));
      const edge = which === "older" ? known?.items[0] : known?.items.at(-1);
      const isThere = which === "older" ? known?.complete : known?.newest;
      if (!known || isThere || !edge || asked.current) return;
      asked.current = true;
      setLoading(which);
      try {
        const place = which === "older" ? { before: edge.seq } : { after: edge.seq };
        const page = await fetchPage(id, place);
        const join = which === "older" ? withOlder : withNewer;
        cache.setQueryData<Known>(keys.messages(id), (now) => now && join(now, page));
      } catch (error) {
        showProblem(error);
      } finally {
        asked.current = false;
        setLoading(null);
      }
    },
    [id, cache],
  );
  const loadOlder = useCallback(() => more("older"), [more]);
  const loadNewer = useCallback(() => more("newer"), [more]);

  /** The page of a place becomes known; null when it could not be read. */
  const goTo = useCallback(
    async (place: { around: number } | { from: string } | "newest"): Promise<Page | null> => {
      try {
        const page = await fetchPage(id, place === "newest" ? {} : place);
        const join = place === "newest" ? withNewest : withPlace;
        cache.setQueryData<Known>(keys.messages(id), (known) => join(known, page));
        return page;
      } catch (error) {
        showProblem(error);
        return null;
      }
    },
    [id, cache],
  );
  return { loadOlder, loadNewer, goTo, isLoadingOlder: loading === "older" };
}

/** Where the words stand in the conversation, the latest place first. */
export function useHits(id: number, words: string) {
  return useQuery({
    queryKey: keys.hits(id, words),
    queryFn: ({ signal }) =>
      send(
        api.GET("/api/v1/requests/{request_id}/messages/search", {
          params: { ...pathOf(id).params, query: { q: words } },
          signal,
        }),
      ),
    enabled: words.length >= shortestSearch,
  });
}

export const shortestSearch = 2;

/** Shows one message, new or changed; asks for what is missing before it. */
export function patchMessage(cache: QueryClient, requestId: number, message: Message): void {
  const queryKey = keys.messages(requestId);
  const known = cache.getQueryData<Known>(queryKey);
  if (!known) return;
  const patched = withOne(known, message);
  if (patched) cache.setQueryData(queryKey, patched);
  else void cache.invalidateQueries({ queryKey });
}
