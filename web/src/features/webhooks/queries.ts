// Webhooks and the catalogue of events over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, idempotent, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Webhook = Schemas["Webhook"];
type NewWebhook = Schemas["NewWebhook"];
type WebhookChange = Schemas["WebhookPatch"];
export type BotEventUrls = Schemas["EventUrlsOfBot"];
export type EventUrl = Schemas["EventUrl"];
/** A part of what waits for a webhook. */
type Period = { from?: string; to?: string };
export type EventDescribed = Schemas["EventDescribed"];

const webhooks = ["webhooks"];

export function useWebhooks() {
  return useList<Webhook>(
    [...webhooks, "list"],
    (cursor, signal) =>
      send(api.GET("/api/v1/webhooks", { params: { query: { cursor } }, signal })),
    { refetchInterval: 10_000 },
  );
}

export function useCatalogue() {
  return useQuery({
    queryKey: [...webhooks, "events"],
    queryFn: ({ signal }) => send(api.GET("/api/v1/webhooks/events", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Bots with the addresses of their scenarios; all of them come at once. */
export function useEventUrls() {
  return useQuery({
    queryKey: [...webhooks, "event urls"],
    queryFn: ({ signal }) => send(api.GET("/api/v1/webhooks/event-urls", { signal })),
    refetchInterval: 10_000,
  });
}

export function useEventUrlsOf(bot_id: number) {
  return useList<EventUrl>([...webhooks, "event urls", bot_id], (cursor, signal) =>
    send(
      api.GET("/api/v1/webhooks/event-urls/{bot_id}", {
        params: { path: { bot_id }, query: { cursor } },
        signal,
      }),
    ),
  );
}

function useChange<V, R>(mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSuccess: () => cache.invalidateQueries({ queryKey: webhooks }),
  }).mutateAsync;
}

const path = (webhook_id: number) => ({ params: { path: { webhook_id } } });

export function useCreateWebhook() {
  return useChange((body: NewWebhook) =>
    send(api.POST("/api/v1/webhooks", { body, headers: idempotent() })),
  );
}

export function useChangeWebhook() {
  return useChange(({ id, ...body }: WebhookChange & { id: number }) =>
    send(api.PATCH("/api/v1/webhooks/{webhook_id}", { ...path(id), body })),
  );
}

export function useDeleteWebhook() {
  return useChange((id: number) => send(api.DELETE("/api/v1/webhooks/{webhook_id}", path(id))));
}

export function useTestWebhook() {
  return useChange((id: number) => send(api.POST("/api/v1/webhooks/{webhook_id}/test", path(id))));
}

export function usePauseWebhook() {
  return useChange((id: number) => send(api.POST("/api/v1/webhooks/{webhook_id}/pause", path(id))));
}

export function useResumeWebhook() {
  return useChange(({ id, ...body }: Period & { id: number }) =>
    send(api.POST("/api/v1/webhooks/{webhook_id}/resume", { ...path(id), body })),
  );
}

export function useRotateSecret() {
  return useChange(({ id, overlap_h }: { id: number; overlap_h: number }) =>
    send(
      api.POST("/api/v1/webhooks/{webhook_id}/rotate-secret", { ...path(id), body: { overlap_h } }),
    ),
  );
}

/** The same for the addresses of a bot's scenarios. */
export function useRotateEventSecret() {
  return useChange(({ id: bot_id, overlap_h }: { id: number; overlap_h: number }) =>
    send(
      api.POST("/api/v1/webhooks/event-urls/{bot_id}/rotate-secret", {
        params: { path: { bot_id } },
        body: { overlap_h },
      }),
    ),
  );
}
