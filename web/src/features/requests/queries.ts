// The request log over the API; the list refreshes itself.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";
import { useRefreshMs } from "@/api/useLive";
import { periodOf } from "@/features/deliveries";
import { useCan } from "@/features/session";

type Schemas = components["schemas"];
export type LoggedRequest = Schemas["LoggedRequest"];
export type RequestDetail = Schemas["LoggedRequestDetail"];

export const directions = ["in", "out"] as const;
export const sources = [
  "call_node",
  "kw_api",
  "api",
  "mcp",
  "hook",
  "send_request",
  "send_me",
  "corezoid__send_task",
  "zoho",
  "esputnik",
] as const;
export const statusClasses = ["2xx", "3xx", "4xx", "5xx", "none"] as const;

export type Filters = {
  direction?: string;
  source?: string;
  status?: string;
  bot_id?: string;
  key_id?: string;
  path?: string;
  period?: string;
  from?: string;
  to?: string;
};

/** A word of an address, when it is one of those that are known. */
export function oneOf<T extends string>(words: readonly T[], given?: string): T | undefined {
  return words.find((word) => word === given);
}

export function toQuery({ direction, source, status, bot_id, key_id, path, ...period }: Filters) {
  return {
    direction: oneOf(directions, direction),
    source: oneOf(sources, source),
    status: oneOf(statusClasses, status),
    bot_id: Number(bot_id) || undefined,
    key_id: Number(key_id) || undefined,
    path,
    ...periodOf(period),
  };
}

const log = ["requests"];

export function useRequests(filters: Filters) {
  const query = toQuery(filters);
  return useList<LoggedRequest>(
    [...log, "list", filters],
    (cursor, signal) =>
      send(
        api.GET("/api/v1/integrations/logs", { params: { query: { ...query, cursor } }, signal }),
      ),
    { refetchInterval: useRefreshMs(), atLeast: 20 },
  );
}

/** A request is over when it gets into the log: it never changes. */
export function useRequest(id: number | null) {
  return useQuery({
    queryKey: [...log, id],
    queryFn: ({ signal }) =>
      send(
        api.GET("/api/v1/integrations/logs/{entry_id}", {
          params: { path: { entry_id: id ?? 0 } },
          signal,
        }),
      ),
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useKeyChoices(): { value: string; label: string }[] {
  const can = useCan();
  const keys = useQuery({
    queryKey: ["keys", "choices"],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/keys", { params: { query: { limit: 200 } }, signal })),
    enabled: can("keys.view"),
    staleTime: 60_000,
  }).data?.items;
  return useMemo(
    () =>
      (keys ?? []).map(({ id, name, prefix }) => ({
        value: `${id}`,
        label: `${name} (${prefix}_…)`,
      })),
    [keys],
  );
}
