// Cursor lists: one infinite query, its pages joined.
import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

export type ListPage<Row> = { items: Row[]; next_cursor: string | null; total?: number | null };

/** What a table needs to know of its rows. */
export type RowSource<Row> = {
  rows: Row[];
  total: number | null;
  isPending: boolean;
  isFetching: boolean;
  error: unknown;
  refetch: () => unknown;
  hasMore: boolean;
  loadMore: () => unknown;
  isLoadingMore: boolean;
};

const freshPages = 5;

/**
 * A page of a long log may hold few rows though more follow: with `atLeast` the next pages are asked
 * for until so many rows are there.
 */
export function useList<Row>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<ListPage<Row>>,
  options: { refetchInterval?: number; enabled?: boolean; atLeast?: number } = {},
): RowSource<Row> {
  const { refetchInterval, atLeast = 0, ...rest } = options;
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (before) => before,
    // All pages are asked for again at once: not while somebody has read far back.
    refetchInterval: refetchInterval
      ? ({ state }) => ((state.data?.pages.length ?? 0) > freshPages ? false : refetchInterval)
      : undefined,
    ...rest,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  const isShort = hasNextPage && rows.length < atLeast;
  useEffect(() => {
    if (isShort && !isFetching && !isError) void fetchNextPage();
  }, [isShort, isFetching, isError, fetchNextPage]);
  return {
    rows,
    total: query.data?.pages[0]?.total ?? null,
    isPending: query.isPending,
    isFetching: query.isFetching,
    error: query.data ? null : query.error,
    refetch: query.refetch,
    hasMore: query.hasNextPage,
    loadMore: query.fetchNextPage,
    isLoadingMore: query.isFetchingNextPage,
  };
}

/** A list that comes whole, for the same table. */
export function wholeList<Row>(
  rows: Row[] | undefined,
  query: { isPending: boolean; isFetching: boolean; error: unknown; refetch: () => unknown },
): RowSource<Row> {
  return {
    rows: rows ?? [],
    total: rows?.length ?? null,
    isPending: query.isPending,
    isFetching: query.isFetching,
    error: rows ? null : query.error,
    refetch: query.refetch,
    hasMore: false,
    loadMore: () => undefined,
    isLoadingMore: false,
  };
}

/** All rows of a list that people look at whole: topics, tags, groups. */
export async function everyPage<Row>(
  fetchPage: (cursor: string | undefined) => Promise<ListPage<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    rows.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}
