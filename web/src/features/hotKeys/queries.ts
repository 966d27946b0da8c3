// Hot keys over the API: one's own, and what they have to be known for everywhere.
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, send } from "@/api/client";
import { setKeys } from "@/ui/keys/bindings";
import { differing, everyonesOf, type HotKeys, keysOf } from "./keys";

const ownQuery = queryOptions({
  queryKey: ["me", "hot-keys"],
  queryFn: ({ signal }) => send(api.GET("/api/v1/me/hot-keys", { signal })),
});

/** Lets the keys of whoever is signed in work in the app. */
export function useHotKeysInForce(): void {
  const { data } = useQuery(ownQuery);
  useEffect(() => {
    if (data) setKeys(keysOf(data.items));
  }, [data]);
}

export function useOwnKeys() {
  return useQuery({ ...ownQuery, staleTime: Number.POSITIVE_INFINITY });
}

export function useSaveOwnKeys({ items }: HotKeys) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (keys: Record<string, string>) => {
      const body = { keys: differing(keys, everyonesOf(items)) };
      return send(api.PUT("/api/v1/me/hot-keys", { body }));
    },
    meta: { ownErrors: true },
    onSuccess: (saved) => cache.setQueryData(ownQuery.queryKey, saved),
  }).mutateAsync;
}
