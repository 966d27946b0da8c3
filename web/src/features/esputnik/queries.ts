// A bot's connection to eSputnik and its pushes over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, idempotent, receive, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Esputnik = Schemas["Esputnik"];
export type EsputnikChange = Schemas["EsputnikIn"];
export type EsputnikField = Schemas["EsputnikField"];
export type Checked = Schemas["EsputnikChecked"];
export type Push = Schemas["EsputnikPush"];
export type Stored = { esputnik: Esputnik | null; etag: string | null };

const key = (bot_id: number) => ["esputnik", bot_id];
const at = (bot_id: number) => ({ params: { path: { bot_id } } });

export function useEsputnik(bot_id: number) {
  return useQuery({
    queryKey: [...key(bot_id), "settings"],
    queryFn: async ({ signal }): Promise<Stored> => {
      const found = await receive(
        api.GET("/api/v1/bots/{bot_id}/esputnik", { ...at(bot_id), signal }),
      );
      return { esputnik: found.data, etag: found.etag };
    },
    refetchInterval: 10_000,
  });
}

/** Pushes of a bot; looked at often while one of them runs. */
export function usePushes(bot_id: number, running: boolean) {
  return useList<Push>(
    [...key(bot_id), "pushes"],
    (cursor, signal) =>
      send(
        api.GET("/api/v1/bots/{bot_id}/esputnik/pushes", {
          params: { path: { bot_id }, query: { cursor } },
          signal,
        }),
      ),
    { refetchInterval: running ? 2_000 : 10_000 },
  );
}

function useChange<V, R>(bot_id: number, mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSettled: () => cache.invalidateQueries({ queryKey: key(bot_id) }),
  }).mutateAsync;
}

export function useSaveEsputnik(bot_id: number, etag: string | null) {
  return useChange(bot_id, async (body: EsputnikChange): Promise<Esputnik> => {
    const headers = etag === null ? {} : { "If-Match": etag };
    const call = api.PUT("/api/v1/bots/{bot_id}/esputnik", { ...at(bot_id), body, headers });
    return (await receive(call)).data;
  });
}

export function useCheckEsputnik(bot_id: number) {
  return useChange(bot_id, () =>
    send(api.POST("/api/v1/bots/{bot_id}/esputnik/check", at(bot_id))),
  );
}

export function useStartPush(bot_id: number) {
  return useChange(bot_id, (delay: number) =>
    send(
      api.POST("/api/v1/bots/{bot_id}/esputnik/pushes", {
        ...at(bot_id),
        body: { delay },
        headers: idempotent(),
      }),
    ),
  );
}

export type Turn = "pause" | "resume" | "cancel";

export function useTurnPush(bot_id: number) {
  return useChange(bot_id, ({ push_id, turn }: { push_id: number; turn: Turn }) => {
    const params = { params: { path: { bot_id, push_id } } };
    const root = "/api/v1/bots/{bot_id}/esputnik/pushes/{push_id}" as const;
    if (turn === "pause") return send(api.POST(`${root}/pause`, params));
    if (turn === "resume") return send(api.POST(`${root}/resume`, params));
    return send(api.POST(`${root}/cancel`, params));
  });
}
