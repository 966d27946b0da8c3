// The queue over the API, kept fresh while the page is open, and what is done to what waits in it.
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, receive, send } from "@/api/client";
import type { RowSource } from "@/api/list";
import type { components } from "@/api/schema";
import { useLive, useRefreshMs } from "@/api/useLive";

type Schemas = components["schemas"];
export type Queue = Schemas["Queue"];
export type QueueRow = Schemas["QueueRow"];
type Assigning = { id: number; operator_id: number; over_limit: boolean };

const queue = ["queue"];
/** What waits changes with every operator who comes or goes, not only by its own events. */
const refreshMs = 5_000;

async function mark(): Promise<number | null> {
  const { eventId } = await receive(api.GET("/api/v1/queue", { params: { query: { limit: 1 } } }));
  return eventId === null ? null : Number(eventId);
}

export function useQueue(): { cards: Queue | undefined; source: RowSource<QueueRow> } {
  const keys = [queue];
  useLive("requests", mark, keys);
  useLive("team", mark, keys);
  const query = useInfiniteQuery({
    queryKey: queue,
    queryFn: ({ pageParam, signal }) =>
      send(api.GET("/api/v1/queue", { params: { query: { cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: Math.min(refreshMs, useRefreshMs()),
  });
  const { data } = query;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const cards = data?.pages[0];
  return {
    cards,
    source: {
      rows,
      total: cards?.in_queue ?? null,
      isPending: query.isPending,
      // The clock's own asking is not shown as loading.
      isFetching: query.isPending,
      error: data ? null : query.error,
      refetch: query.refetch,
      hasMore: query.hasNextPage,
      loadMore: query.fetchNextPage,
      isLoadingMore: query.isFetchingNextPage,
    },
  };
}

function useChange<V, R>(mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSettled: () => cache.invalidateQueries({ queryKey: queue }),
  }).mutateAsync;
}

const path = (request_id: number) => ({ params: { path: { request_id } } });

export function useAssign() {
  return useChange(({ id, ...body }: Assigning) =>
    send(api.POST("/api/v1/requests/{request_id}/assign", { ...path(id), body })),
  );
}

export function useWeigh() {
  return useChange(({ id, weight }: { id: number; weight: number }) =>
    send(
      api.PATCH("/api/v1/requests/{request_id}", {
        ...path(id),
        body: { weight, redistribute: false },
      }),
    ),
  );
}

export function useSetTopic() {
  return useChange(({ id, subject_id }: { id: number; subject_id: number }) =>
    send(
      api.PATCH("/api/v1/requests/{request_id}", {
        ...path(id),
        body: { subject_id, redistribute: false },
      }),
    ),
  );
}

export function useClose() {
  return useChange(({ id, reason }: { id: number; reason: string | null }) =>
    send(api.POST("/api/v1/requests/{request_id}/close", { ...path(id), body: { reason } })),
  );
}
