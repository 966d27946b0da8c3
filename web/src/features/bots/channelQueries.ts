// The custom channel of one bot over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type CustomChannel = Schemas["CustomChannel"];
export type ChannelChange = Schemas["CustomChannelIn"];
export type TestCall = Schemas["TestCall"];

const path = (bot_id: number) => ({ params: { path: { bot_id } } });
const keyOf = (botId: number) => ["bots", botId, "custom-channel"];

/** Null while the bot has no custom channel yet. */
export function useCustomChannel(botId: number) {
  return useQuery<CustomChannel | null>({
    queryKey: keyOf(botId),
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/bots/{bot_id}/custom-channel", { ...path(botId), signal })),
  });
}

function useChange<V, R>(botId: number, mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSuccess: () => cache.invalidateQueries({ queryKey: ["bots"] }),
    onSettled: () => cache.invalidateQueries({ queryKey: keyOf(botId) }),
  }).mutateAsync;
}

/** The answer that creates the channel carries its signing secret, this once. */
export function usePutChannel(botId: number) {
  return useChange(botId, (body: ChannelChange) =>
    send(api.PUT("/api/v1/bots/{bot_id}/custom-channel", { ...path(botId), body })),
  );
}

export function useRotateSecret(botId: number) {
  return useChange(botId, (overlap_h: number) =>
    send(
      api.POST("/api/v1/bots/{bot_id}/custom-channel/rotate-secret", {
        ...path(botId),
        body: { overlap_h },
      }),
    ),
  );
}

export function useTestMessage(botId: number) {
  return useChange(botId, () =>
    send(api.POST("/api/v1/bots/{bot_id}/custom-channel/test", path(botId))),
  );
}
