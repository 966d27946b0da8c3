// Secrets over the API: names come out, values only go in.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";

export type Secret = components["schemas"]["SecretOut"];

const secrets = ["secrets"];

export function useSecrets() {
  return useList<Secret>(secrets, (cursor, signal) =>
    send(api.GET("/api/v1/secrets", { params: { query: { cursor } }, signal })),
  );
}

function useChange<V, R>(mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSuccess: () => cache.invalidateQueries({ queryKey: secrets }),
  }).mutateAsync;
}

export function usePutSecret() {
  return useChange(({ name, value }: { name: string; value: string }) =>
    send(api.PUT("/api/v1/secrets/{name}", { params: { path: { name } }, body: { value } })),
  );
}

export function useDeleteSecret() {
  return useChange((name: string) =>
    send(api.DELETE("/api/v1/secrets/{name}", { params: { path: { name } } })),
  );
}
