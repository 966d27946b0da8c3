// Test chats over the API: opening one, sending as the outside system, what was caught.
import { useQuery } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import type { components } from "@/api/schema";
import type { Update } from "./wire";

type Schemas = components["schemas"];
export type TestChat = Schemas["TestChat"];
export type Caught = Schemas["Caught"];
export type Sent = Schemas["Sent"];

export const waitSeconds = 20;

export function openChat(botId: number, chatId: string, connect: boolean): Promise<TestChat> {
  return send(
    api.POST("/api/v1/messenger/chats", { body: { bot_id: botId, chat_id: chatId, connect } }),
  );
}

/** Null when the bot has no custom channel and nobody has agreed yet to connect one. */
export function useTestChat(botId: number, chatId: string) {
  return useQuery<TestChat | null>({
    queryKey: ["messenger", botId, chatId],
    queryFn: async ({ signal }) => {
      const path = { bot_id: botId };
      const channel = await send(
        api.GET("/api/v1/bots/{bot_id}/custom-channel", { params: { path }, signal }),
      );
      return channel && openChat(botId, chatId, false);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function sendUpdate(botId: number, update: Update): Promise<Sent> {
  const body = { bot_id: botId, update, first_name: "" };
  return send(api.POST("/api/v1/messenger/send", { body }));
}

export function fetchCaught(code: string, since: number, wait: number, signal: AbortSignal) {
  return send(
    api.GET("/api/v1/messenger/catchers/{code}/requests", {
      params: { path: { code }, query: { since, wait } },
      signal,
    }),
  );
}
