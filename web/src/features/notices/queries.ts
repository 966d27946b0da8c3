// What I was told, over the API.
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, receive, send } from "@/api/client";
import type { components } from "@/api/schema";
import { useRefreshMs } from "@/api/useLive";

export type Notice = components["schemas"]["OwnNotice"];
export const noticesKey = ["notices"] as const;

export async function markNotices(): Promise<number | null> {
  const { eventId } = await receive(api.GET("/api/v1/me/notices"));
  return eventId === null ? null : Number(eventId);
}

export const noticesQuery = queryOptions({
  queryKey: noticesKey,
  queryFn: ({ signal }) => send(api.GET("/api/v1/me/notices", { signal })),
});

export function useNotices() {
  return useQuery({ ...noticesQuery, refetchInterval: useRefreshMs() }).data;
}

export function useReadNotices() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (up_to: number) => send(api.PUT("/api/v1/me/notices/read", { body: { up_to } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: noticesKey }),
  }).mutate;
}
