// The conversation of a request: its newest messages, older ones on demand.
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { api, send } from "@/api/client";
import { useRefreshMs } from "@/api/useLive";
import { showProblem } from "@/ui/feedback/notify";
import { type Known, pageSize, withNewest, withOlder, withOne } from "../logic/messages";
import type { Message } from "../types";
import { keys } from "./keys";

async function fetchMessages(request_id: number, before?: number, signal?: AbortSignal) {
  const query = { before, limit: pageSize };
  const page = await send(
    api.GET("/api/v1/requests/{request_id}/messages", {
      params: { path: { request_id }, query },
      signal,
    }),
  );
  return page.items;
}

export function useConversation(id: number) {
  const cache = useQueryClient();
  const queryKey = keys.messages(id);
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const page = await fetchMessages(id, undefined, signal);
      return withNewest(cache.getQueryData<Known>(queryKey), page);
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: useRefreshMs(),
  });
  const [isLoadingOlder, setLoading] = useState(false);
  const asked = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is made of the id
  const loadOlder = useCallback(async () => {
    const known = cache.getQueryData<Known>(queryKey);
    const first = known?.items[0];
    if (!known || known.complete || !first || asked.current) return;
    asked.current = true;
    setLoading(true);
    try {
      const page = await fetchMessages(id, first.seq);
      cache.setQueryData<Known>(queryKey, (now) => now && withOlder(now, page));
    } catch (error) {
      showProblem(error);
    } finally {
      asked.current = false;
      setLoading(false);
    }
  }, [id, cache]);

  return { query, known: query.data, loadOlder, isLoadingOlder };
}

/** Shows one message, new or changed; asks for what is missing before it. */
export function patchMessage(cache: QueryClient, requestId: number, message: Message): void {
  const queryKey = keys.messages(requestId);
  const known = cache.getQueryData<Known>(queryKey);
  if (!known) return;
  const patched = withOne(known, message);
  if (patched) cache.setQueryData(queryKey, patched);
  else void cache.invalidateQueries({ queryKey });
}
