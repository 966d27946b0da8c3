// API keys over the API.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, idempotent, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";

export type ApiKey = components["schemas"]["KeyOut"];
type NewKey = components["schemas"]["KeyIn"];
type KeyChange = components["schemas"]["KeyPatch"];

const keys = ["keys"];

export function useKeys(query: { bot_id?: number }) {
  return useList<ApiKey>([...keys, query], (cursor, signal) =>
    send(api.GET("/api/v1/keys", { params: { query: { ...query, cursor } }, signal })),
  );
}

function useChange<V, R>(mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSuccess: () => cache.invalidateQueries({ queryKey: keys }),
  }).mutateAsync;
}

const path = (key_id: number) => ({ params: { path: { key_id } } });

export function useCreateKey() {
  return useChange((body: NewKey) =>
    send(api.POST("/api/v1/keys", { body, headers: idempotent() })),
  );
}

export function useUpdateKey() {
  return useChange(({ id, body }: { id: number; body: KeyChange }) =>
    send(api.PATCH("/api/v1/keys/{key_id}", { ...path(id), body })),
  );
}

export function useRotateKey() {
  return useChange(({ id, overlap_h }: { id: number; overlap_h: number }) =>
    send(api.POST("/api/v1/keys/{key_id}/rotate", { ...path(id), body: { overlap_h } })),
  );
}

export function useRevokeKey() {
  return useChange((id: number) => send(api.DELETE("/api/v1/keys/{key_id}", path(id))));
}
