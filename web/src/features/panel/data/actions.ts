// What an operator does to a request; each answer is shown at once, events tell the others.
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, idempotent, send } from "@/api/client";
import type { components } from "@/api/schema";
import type { Details } from "../types";
import { keys, pathOf } from "./keys";

type Schemas = components["schemas"];
type CloseBody = Schemas["Close"];
export type TransferBody = Schemas["Transfer"];
type PatchBody = Partial<Schemas["RequestPatch"]>;
type BlockBody = Schemas["Block"];

/** All that shows the request is read again; lists follow by their events. */
export function refreshRequest(cache: QueryClient, id: number): void {
  for (const queryKey of [keys.request(id), keys.log(id), keys.counters]) {
    void cache.invalidateQueries({ queryKey });
  }
}

function useAction<Body>(id: number, call: (body: Body) => Promise<unknown>, inForm = false) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: call,
    meta: { ownErrors: inForm && "all" },
    onSettled: () => refreshRequest(cache, id),
  });
}

const post = (id: number) => ({ ...pathOf(id), headers: idempotent() });

export function useTake(id: number) {
  return useAction<void>(id, () =>
    send(api.POST("/api/v1/requests/{request_id}/take", { ...post(id), body: {} })),
  );
}

export function useReopen(id: number) {
  return useAction<void>(id, () =>
    send(api.POST("/api/v1/requests/{request_id}/reopen", { ...post(id), body: {} })),
  );
}

export function useClose(id: number) {
  return useAction<CloseBody>(
    id,
    (body) => send(api.POST("/api/v1/requests/{request_id}/close", { ...post(id), body })),
    true,
  );
}

export function useTransfer(id: number) {
  return useAction<TransferBody>(
    id,
    (body) => send(api.POST("/api/v1/requests/{request_id}/transfer", { ...post(id), body })),
    true,
  );
}

export function useBlock(id: number) {
  return useAction<BlockBody>(
    id,
    (body) => send(api.POST("/api/v1/requests/{request_id}/block", { ...post(id), body })),
    true,
  );
}

export function useUnblock(id: number) {
  return useAction<void>(id, () =>
    send(api.POST("/api/v1/requests/{request_id}/unblock", post(id))),
  );
}

/** Shown as done before the server answers; a refusal takes it back. */
export function usePatch(id: number, ownErrors = false) {
  const cache = useQueryClient();
  const queryKey = keys.request(id);
  return useMutation({
    mutationFn: ({ body }: { body: PatchBody; shown?: Partial<Details["request"]> }) =>
      send(
        api.PATCH("/api/v1/requests/{request_id}", {
          ...pathOf(id),
          body: { redistribute: false, ...body },
        }),
      ),
    meta: { ownErrors },
    onMutate: async ({ shown }) => {
      if (!shown) return undefined;
      await cache.cancelQueries({ queryKey });
      const before = cache.getQueryData<Details>(queryKey);
      cache.setQueryData<Details>(
        queryKey,
        (now) => now && { ...now, request: { ...now.request, ...shown } },
      );
      return before;
    },
    onError: (_error, _change, before) => {
      if (before) cache.setQueryData(queryKey, before);
    },
    onSettled: () => refreshRequest(cache, id),
  });
}

export async function markRead(id: number, seq: number): Promise<void> {
  await send(api.POST("/api/v1/requests/{request_id}/read", { ...pathOf(id), body: { seq } }));
}

export function useSendAgain(id: number) {
  return useAction<number>(id, (message_id) =>
    send(
      api.POST("/api/v1/requests/{request_id}/messages/{message_id}/retry", {
        params: { path: { request_id: id, message_id } },
      }),
    ),
  );
}
