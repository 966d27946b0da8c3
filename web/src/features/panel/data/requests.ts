// The list of requests and one of them, over the API.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, send } from "@/api/client";
import type { RowSource } from "@/api/list";
import { ApiError } from "@/api/problem";
import { useRefreshMs } from "@/api/useLive";
import type { Folder, Request, Sort } from "../types";
import { keys, pathOf } from "./keys";

export type ListQuery = {
  folder: Exclude<Folder, "bot">;
  sort: Sort;
  q?: string;
  assignee_id?: number;
  utm_source?: string;
  utm_campaign?: string;
};

const pageSize = 50;

export function useRequests(query: ListQuery, enabled = true): RowSource<Request> {
  const found = useInfiniteQuery({
    queryKey: [...keys.lists, query],
    queryFn: ({ pageParam, signal }) =>
      send(
        api.GET("/api/v1/requests", {
          params: { query: { ...query, limit: pageSize, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    // Events keep it; it is read anew after a break.
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: useRefreshMs(),
    enabled,
  });
  const rows = useMemo(() => found.data?.pages.flatMap(({ items }) => items) ?? [], [found.data]);
  return {
    rows,
    total: null,
    isPending: found.isPending,
    isFetching: found.isFetching,
    error: found.error,
    refetch: found.refetch,
    hasMore: found.hasNextPage,
    loadMore: found.fetchNextPage,
    isLoadingMore: found.isFetchingNextPage,
  };
}

export function useRequest(number: number | undefined) {
  const id = number ?? 0;
  return useQuery({
    enabled: number !== undefined,
    queryKey: keys.request(id),
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/requests/{request_id}", { ...pathOf(id), signal })),
    refetchInterval: useRefreshUnlessGone(),
  });
}

/** What is not there, or not to be seen, is not asked for again and again. */
function useRefreshUnlessGone() {
  const everyMs = useRefreshMs();
  return ({ state }: { state: { error: unknown } }) => (isMissing(state.error) ? false : everyMs);
}

export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

export function useLog(id: number) {
  return useQuery({
    queryKey: keys.log(id),
    queryFn: async ({ signal }) =>
      (await send(api.GET("/api/v1/requests/{request_id}/log", { ...pathOf(id), signal }))).items,
  });
}
