// Dialogs led by the bot, and taking one over.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, idempotent, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";
import { useRefreshMs } from "@/api/useLive";
import { keys } from "./keys";

export type BotDialog = components["schemas"]["DialogOut"];

/** What was said lately: an old dialog waits for its client, not for us. */
const hours = 24;

export function useBotDialogs(q?: string, came?: { utm_source?: string; utm_campaign?: string }) {
  const query = { owner: "bot" as const, hours, q, ...came };
  return useList<BotDialog>(
    [...keys.withBot, query],
    (cursor, signal) =>
      send(api.GET("/api/v1/dialogs", { params: { query: { ...query, cursor } }, signal })),
    { refetchInterval: useRefreshMs() },
  );
}

export function useTakeover() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (dialog_id: number) =>
      send(
        api.POST("/api/v1/dialogs/{dialog_id}/takeover", {
          params: { path: { dialog_id } },
          headers: idempotent(),
          body: {},
        }),
      ),
    onSettled: () => {
      for (const queryKey of [keys.withBot, keys.counters, keys.lists]) {
        void cache.invalidateQueries({ queryKey });
      }
    },
  });
}
