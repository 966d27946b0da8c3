// Runs of scenarios over the API; the list refreshes itself.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";

export type Run = components["schemas"]["RunOut"];
type RunFilters = { bot_id?: string; status?: string; source?: string; key_id?: string };

export const sources = ["api", "system", "client"] as const;
export const statuses = ["scheduled", "running", "done", "error", "limited", "cancelled"] as const;

const runs = ["runs"];
const refreshMs = 4_000;

export function useRuns({ bot_id, status, source, key_id }: RunFilters) {
  const query = {
    bot_id: Number(bot_id) || undefined,
    key_id: Number(key_id) || undefined,
    status,
    source,
  };
  return useList<Run>(
    [...runs, "all", query],
    (cursor, signal) =>
      send(api.GET("/api/v1/runs", { params: { query: { ...query, cursor } }, signal })),
    { refetchInterval: refreshMs },
  );
}

export function useCancelRun() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (run_id: number) =>
      send(api.POST("/api/v1/runs/{run_id}/cancel", { params: { path: { run_id } } })),
    meta: { ownErrors: true },
    onSettled: () => cache.invalidateQueries({ queryKey: runs }),
  }).mutateAsync;
}
