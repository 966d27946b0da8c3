// The rules of signing in over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, receive } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Rules = Schemas["SignInRules"];
export type RulesChange = Schemas["SignInRulesIn"];
export type Stored = { rules: Rules; etag: string | null };

const key = ["sign-in-rules"];

export function useRules() {
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<Stored> => {
      const { data, etag } = await receive(api.GET("/api/v1/auth/settings", { signal }));
      return { rules: data, etag };
    },
    // A form stands on it: it is read anew when it is opened or saved, not under one's hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export function useSaveRules(etag: string | null) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (body: RulesChange): Promise<Stored> => {
      const headers = etag === null ? {} : { "If-Match": etag };
      const saved = await receive(api.PUT("/api/v1/auth/settings", { body, headers }));
      return { rules: saved.data, etag: saved.etag };
    },
    meta: { ownErrors: true },
    onSuccess: (saved) => {
      cache.setQueryData(key, saved);
      void cache.invalidateQueries({ queryKey: ["password-rules"] });
      void cache.invalidateQueries({ queryKey: ["me"] });
    },
  }).mutateAsync;
}
