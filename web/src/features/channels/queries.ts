// A bot's accounts at providers over the API, and what each channel wants to know.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Account = Schemas["ChannelAccount"];
export type ChannelType = Schemas["ChannelType"];
export type TypeField = Schemas["TypeField"];
export type ChannelEvent = Schemas["ChannelEvent"];
export type TestSent = Schemas["TestSent"];
type NewAccount = Schemas["NewChannel"];
type AccountChange = Schemas["ChannelPatch"];

const path = (channel_id: number) => ({ params: { path: { channel_id } } });
const KEY = "channels";

export function useChannelTypes() {
  return useQuery<ChannelType[]>({
    queryKey: [KEY, "types"],
    queryFn: ({ signal }) => send(api.GET("/api/v1/channels/types", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useAccounts(botId: number) {
  return useQuery<Account[]>({
    queryKey: [KEY, "of", botId],
    queryFn: async ({ signal }) => {
      const query = { bot_id: botId, limit: 100 };
      const page = await send(api.GET("/api/v1/channels", { params: { query }, signal }));
      return page.items;
    },
  });
}

export function useChannelEvents(id: number, opened: boolean) {
  return useQuery<ChannelEvent[]>({
    queryKey: [KEY, "events", id],
    queryFn: async ({ signal }) => {
      const found = await send(
        api.GET("/api/v1/channels/{channel_id}/events", { ...path(id), signal }),
      );
      return found.items;
    },
    enabled: opened,
    refetchInterval: 5_000,
  });
}

function useChange<V, R>(mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: [KEY, "of"] }),
        cache.invalidateQueries({ queryKey: ["bots"] }),
      ]),
  }).mutateAsync;
}

export function useConnect() {
  return useChange((body: NewAccount) => send(api.POST("/api/v1/channels", { body })));
}

export function useChangeAccount(id: number) {
  return useChange((body: AccountChange) =>
    send(api.PATCH("/api/v1/channels/{channel_id}", { ...path(id), body })),
  );
}

/** What the buttons of a card do; each gives the account as it is then. */
export function useActions(id: number) {
  return {
    check: useChange(() => send(api.POST("/api/v1/channels/{channel_id}/check", path(id)))),
    reconnect: useChange(() => send(api.POST("/api/v1/channels/{channel_id}/connect", path(id)))),
    disconnect: useChange(() =>
      send(api.POST("/api/v1/channels/{channel_id}/disconnect", path(id))),
    ),
    pause: useChange((paused: boolean) =>
      send(api.POST("/api/v1/channels/{channel_id}/pause", { ...path(id), body: { paused } })),
    ),
    remove: useChange(() => send(api.DELETE("/api/v1/channels/{channel_id}", path(id)))),
    test: useChange((chat_id: string) =>
      send(
        api.POST("/api/v1/channels/{channel_id}/test-message", {
          ...path(id),
          body: { chat_id, text: "" },
        }),
      ),
    ),
  };
}
