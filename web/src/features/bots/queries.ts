// Bots, their custom channel and their key over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, idempotent, type Received, receive, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";
import { downloadJson } from "@/ui/downloadJson";

type Schemas = components["schemas"];
export type Bot = Schemas["Bot"];
export type BotListed = Schemas["BotListed"];
type NewBot = Schemas["NewBot"];
export type BotChange = Schemas["BotPatch"];
type BotFilters = { q?: string; active?: string; group_id?: string; sort?: string };

const bots = ["bots"];

export function useBots({ q, active, group_id, sort }: BotFilters) {
  const query = {
    ...{ q, sort, group_id: group_id ? Number(group_id) : undefined },
    active: active === undefined ? undefined : active === "yes",
  };
  return useList<BotListed>([...bots, "list", query], (cursor, signal) =>
    send(api.GET("/api/v1/bots", { params: { query: { ...query, cursor } }, signal })),
  );
}

/** Bots for a field of a form; the first 200 by name. */
export function useBotChoicesQuery() {
  return useQuery({
    queryKey: [...bots, "choices"],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/bots", { params: { query: { limit: 200, sort: "name" } }, signal })),
    staleTime: 60_000,
    select: (page) => page.items.map((bot) => ({ value: String(bot.id), label: bot.name })),
  });
}

/** The same where it does not matter whether they are still on their way. */
export function useBotChoices(): { value: string; label: string }[] {
  return useBotChoicesQuery().data ?? [];
}

const path = (bot_id: number) => ({ params: { path: { bot_id } } });

export function useBot(id: number) {
  return useQuery<Received<Bot>>({
    queryKey: [...bots, id],
    queryFn: ({ signal }) => receive(api.GET("/api/v1/bots/{bot_id}", { ...path(id), signal })),
  });
}

/** How complete the draft of a bot is in each of its languages. */
export function useTranslations(id: number) {
  return useQuery({
    queryKey: [...bots, id, "translations"],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/bots/{bot_id}/scenario/translations", { ...path(id), signal })),
  });
}

function useChange<V, R>(mutationFn: (input: V) => Promise<R>, ownErrors = true) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors },
    onSuccess: () => cache.invalidateQueries({ queryKey: bots }),
  }).mutateAsync;
}

export function useCreateBot() {
  return useChange((body: NewBot) =>
    send(api.POST("/api/v1/bots", { body, headers: idempotent() })),
  );
}

/** With the version that was read, so that two people do not overwrite each other. */
export function useUpdateBot(id: number, etag: string | null) {
  return useChange((body: BotChange) =>
    send(
      api.PATCH("/api/v1/bots/{bot_id}", {
        ...path(id),
        body,
        headers: etag ? { "If-Match": etag } : {},
      }),
    ),
  );
}

/** A new bot with the settings and the draft of another one. */
export function useCopyBot(id: number) {
  return useChange((body: Schemas["CopyBot"]) =>
    send(api.POST("/api/v1/bots/{bot_id}/copy", { ...path(id), body, headers: idempotent() })),
  );
}

/** The draft as the editor's own export gives it. */
export async function exportBot(bot: BotListed): Promise<void> {
  const found = await send(api.GET("/api/v1/bots/{bot_id}/scenario", path(bot.id)));
  downloadJson(bot.name, found.draft.graph);
}

export function useActivateBot() {
  return useChange((id: number) => send(api.POST("/api/v1/bots/{bot_id}/activate", path(id))));
}

export function useDeactivateBot() {
  return useChange((id: number) => send(api.POST("/api/v1/bots/{bot_id}/deactivate", path(id))));
}

export function useArchiveBot() {
  return useChange((id: number) => send(api.DELETE("/api/v1/bots/{bot_id}", path(id))));
}

export function useRotateBotKey(id: number) {
  return useChange((overlap_h: number) =>
    send(api.POST("/api/v1/bots/{bot_id}/api-key/rotate", { ...path(id), body: { overlap_h } })),
  );
}
