// The delivery log over the API: lists, counts, one delivery, sending again.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, idempotent, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";
import { periodOf } from "./periods";

type Schemas = components["schemas"];
export type Delivery = Schemas["Delivery"];
export type DeliveryDetail = Schemas["DeliveryDetail"];
export type Attempt = Schemas["Attempt"];
export type HeldEndpoint = Schemas["HeldEndpoint"];

export const statuses = ["pending", "retrying", "delivered", "failed", "cancelled"] as const;
export type Status = (typeof statuses)[number];

export type DeliveryFilters = {
  endpoint?: string;
  kind?: string;
  bot_id?: string;
  status?: string;
  event?: string;
  chat_id?: string;
  q?: string;
  period?: string;
  from?: string;
  to?: string;
};

const deliveries = ["deliveries"];
const refreshMs = 5_000;
export const sampleSize = 200;

export function isStatus(word: string | undefined): word is Status {
  return statuses.some((status) => status === word);
}

/** Open ones still change by themselves. */
export function isOpen(delivery: Pick<Delivery, "status">): boolean {
  return delivery.status === "pending" || delivery.status === "retrying";
}

function toQuery(filters: DeliveryFilters) {
  const { endpoint, kind, bot_id, status, event, chat_id, q } = filters;
  return {
    endpoint: endpoint ? Number(endpoint) : undefined,
    kind,
    bot_id: bot_id ? Number(bot_id) : undefined,
    status: isStatus(status) ? status : undefined,
    event,
    chat_id,
    q: q && q.length > 1 ? q : undefined,
    ...periodOf(filters),
  };
}

export function useDeliveries(filters: DeliveryFilters) {
  const query = toQuery(filters);
  return useList<Delivery>(
    [...deliveries, "list", filters],
    (cursor, signal) =>
      send(api.GET("/api/v1/deliveries", { params: { query: { ...query, cursor } }, signal })),
    { refetchInterval: refreshMs, atLeast: 20 },
  );
}

async function countOf(query: ReturnType<typeof toQuery>, signal?: AbortSignal): Promise<number> {
  const page = await send(
    api.GET("/api/v1/deliveries", {
      params: { query: { ...query, limit: 1, count: true } },
      signal,
    }),
  );
  return page.total ?? 0;
}

/** The newest deliveries, for the strip over the list. */
export function useSample({ status: _any, ...filters }: DeliveryFilters) {
  return useQuery({
    queryKey: [...deliveries, "sample", filters],
    queryFn: ({ signal }) =>
      send(
        api.GET("/api/v1/deliveries", {
          params: { query: { ...toQuery(filters), limit: sampleSize } },
          signal,
        }),
      ),
    select: (page) => page.items,
    refetchInterval: refreshMs * 2,
    placeholderData: (before) => before,
  });
}

export function useDelivery(id: string | null) {
  return useQuery({
    queryKey: [...deliveries, id],
    queryFn: ({ signal }) =>
      send(
        api.GET("/api/v1/deliveries/{delivery_id}", {
          params: { path: { delivery_id: id ?? "" } },
          signal,
        }),
      ),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data && !isOpen(state.data) ? false : 1_500),
  });
}

function useChange<V, R>(mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSuccess: () => cache.invalidateQueries({ queryKey: deliveries }),
  }).mutateAsync;
}

const path = (delivery_id: string) => ({ params: { path: { delivery_id } } });

export function useRetry() {
  return useChange((id: string) =>
    send(api.POST("/api/v1/deliveries/{delivery_id}/retry", path(id))),
  );
}

export function useCancel() {
  return useChange((id: string) =>
    send(api.POST("/api/v1/deliveries/{delivery_id}/cancel", path(id))),
  );
}

/** Endpoints that a restore has paused. */
export function useHeld() {
  return useQuery({
    queryKey: [...deliveries, "held"],
    queryFn: ({ signal }) => send(api.GET("/api/v1/deliveries/held", { signal })),
    select: (found) => found.items,
    staleTime: 60_000,
  });
}

export function useRelease() {
  return useChange(({ id, send: sends }: { id: number; send: boolean }) =>
    send(
      api.POST("/api/v1/deliveries/held/{endpoint_id}/release", {
        params: { path: { endpoint_id: id } },
        body: { send: sends },
      }),
    ),
  );
}

export type ReplayStatus = "delivered" | "failed" | "cancelled";
export type ReplayOrder = {
  endpoint_id: number;
  from: string;
  to?: string;
  statuses: ReplayStatus[];
};

export function useReplay() {
  return useChange((body: ReplayOrder) =>
    send(api.POST("/api/v1/deliveries/replay", { body, headers: idempotent() })),
  );
}

/** How many of a replay are still on their way. */
export function useRemaining(order: ReplayOrder | null) {
  return useQuery({
    queryKey: [...deliveries, "remaining", order],
    queryFn: ({ signal }) =>
      countOf(
        toQuery({
          endpoint: String(order?.endpoint_id),
          from: order?.from,
          to: order?.to,
          status: "retrying",
        }),
        signal,
      ),
    enabled: order !== null,
    refetchInterval: ({ state }) => (state.data === 0 ? false : 1_000),
  });
}
