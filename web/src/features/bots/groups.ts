// Groups of bots over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, idempotent, send } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type BotGroup = Schemas["BotGroup"];
type GroupChange = Schemas["BotGroupPatch"] & { id: number };

const groups = ["bot-groups"];
const path = (bot_group_id: number) => ({ params: { path: { bot_group_id } } });

/** The first 200 by name. */
export function useBotGroups() {
  return useQuery({
    queryKey: groups,
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/bot-groups", { params: { query: { limit: 200 } }, signal })),
    staleTime: 60_000,
    select: (page) => page.items,
  });
}

export function useBotGroup(): (id: number | null) => BotGroup | undefined {
  const { data } = useBotGroups();
  const byId = useMemo(() => new Map(data?.map((group) => [group.id, group])), [data]);
  return (id) => (id === null ? undefined : byId.get(id));
}

function useChange<V, R>(mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["bots"] });
      return cache.invalidateQueries({ queryKey: groups });
    },
  }).mutateAsync;
}

export function useCreateGroup() {
  return useChange((body: Schemas["NewBotGroup"]) =>
    send(api.POST("/api/v1/bot-groups", { body, headers: idempotent() })),
  );
}

export function useChangeGroup() {
  return useChange(({ id, ...body }: GroupChange) =>
    send(api.PATCH("/api/v1/bot-groups/{bot_group_id}", { ...path(id), body })),
  );
}

export function useDeleteGroup() {
  return useChange((id: number) => send(api.DELETE("/api/v1/bot-groups/{bot_group_id}", path(id))));
}

/** Puts a bot into a group, or out of any. */
export function useMoveBot() {
  return useChange(({ id, group_id }: { id: number; group_id: number | null }) =>
    send(
      api.PATCH("/api/v1/bots/{bot_id}", { params: { path: { bot_id: id } }, body: { group_id } }),
    ),
  );
}
