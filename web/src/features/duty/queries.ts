// One's own status and the numbers of one's folders, over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, receive, send } from "@/api/client";
import type { components } from "@/api/schema";
import { useRefreshMs } from "@/api/useLive";

type Schemas = components["schemas"];
export type Status = Schemas["Status"];
export type SetStatus = Schemas["SetStatus"];

export const folderCountsKey = ["panel", "counters"] as const;
const ownStatusKey = ["duty", "status"] as const;

/** The newest event that a list of requests contains now. */
export async function markRequests(): Promise<number | null> {
  const { eventId } = await receive(
    api.GET("/api/v1/requests", { params: { query: { limit: 1 } } }),
  );
  return eventId === null ? null : Number(eventId);
}

/** The newest event that the team contains now. */
export async function markTeam(): Promise<number | null> {
  const { eventId } = await receive(api.GET("/api/v1/operators"));
  return eventId === null ? null : Number(eventId);
}

export function useFolderCounts() {
  return useQuery({
    queryKey: folderCountsKey,
    queryFn: ({ signal }) => send(api.GET("/api/v1/requests/counters", { signal })),
    refetchInterval: useRefreshMs(),
  }).data;
}

export function useOwnStatus() {
  return useQuery({
    queryKey: ownStatusKey,
    queryFn: ({ signal }) => send(api.GET("/api/v1/operators/me/status", { signal })),
    refetchInterval: useRefreshMs(),
  });
}

export function useSetOwnStatus() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: SetStatus) => send(api.PUT("/api/v1/operators/me/status", { body })),
    onSuccess: (now) => cache.setQueryData(ownStatusKey, now),
    onSettled: () => cache.invalidateQueries({ queryKey: folderCountsKey }),
  });
}
