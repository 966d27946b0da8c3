// Who answers the clients of a bot where nothing else says it, over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Received, receive } from "@/api/client";
import type { components } from "@/api/schema";

export type BotOperators = components["schemas"]["BotOperators"];

const keyOf = (bot_id: number) => ["bots", bot_id, "operators"];
const path = (bot_id: number) => ({ params: { path: { bot_id } } });

export function useBotOperators(id: number) {
  return useQuery<Received<BotOperators>>({
    queryKey: keyOf(id),
    queryFn: ({ signal }) =>
      receive(api.GET("/api/v1/bots/{bot_id}/operators", { ...path(id), signal })),
    // It is read anew when it is opened or saved, not under one's hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** With the version that was read, so that two people do not overwrite each other. */
export function useSaveBotOperators(id: number, etag: string | null) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: BotOperators) =>
      receive(
        api.PUT("/api/v1/bots/{bot_id}/operators", {
          ...path(id),
          body,
          headers: etag === null ? {} : { "If-Match": etag },
        }),
      ),
    meta: { ownErrors: true },
    onSuccess: (saved) => cache.setQueryData(keyOf(id), saved),
  }).mutateAsync;
}
