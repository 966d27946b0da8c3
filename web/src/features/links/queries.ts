// Links over the API.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, idempotent, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type DeepLink = Schemas["Link"];
export type LinkAddresses = Schemas["LinkAddresses"];
export type NewLink = Schemas["NewLink"];
type LinkChange = Schemas["LinkPatch"];
export type PreviewBody = Schemas["LinkPreviewIn"];

const links = ["links"];
const dayMs = 86_400_000;

export function useLinks(query: { bot_id?: number; channel?: string; q?: string; sort?: string }) {
  return useList<DeepLink>([...links, "list", query], (cursor, signal) =>
    send(api.GET("/api/v1/links", { params: { query: { ...query, cursor } }, signal })),
  );
}

/** The last so many days, by the clock of the bot. */
export function useLinkDays(code: string, count: number) {
  const from = new Date(Date.now() - (count - 1) * dayMs).toISOString().slice(0, 10);
  return useQuery({
    queryKey: [...links, "days", code, count],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      send(
        api.GET("/api/v1/links/{code}/days", {
          params: { path: { code }, query: { from } },
          signal,
        }),
      ),
    select: ({ items }) => items,
  });
}

/** The connected channels of a bot that links can be made for. */
export function useLinkChannels(botId: number | null) {
  return useQuery({
    queryKey: [...links, "channels", botId],
    enabled: botId !== null,
    queryFn: ({ signal }) =>
      send(
        api.GET("/api/v1/links/channels", { params: { query: { bot_id: botId ?? 0 } }, signal }),
      ),
  });
}

/** Where a link may lead besides Start. */
export function useEntries(botId: number) {
  return useQuery({
    queryKey: [...links, "entries", botId],
    queryFn: ({ signal }) =>
      send(
        api.GET("/api/v1/bots/{bot_id}/entry-points", {
          params: { path: { bot_id: botId } },
          signal,
        }),
      ),
    select: (page) => page.items,
  });
}

/** What an address would be; nothing is kept. */
export function usePreview(body: PreviewBody | null) {
  return useQuery({
    queryKey: [...links, "preview", body],
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: ({ signal }) =>
      send(api.POST("/api/v1/links/preview", { body: body as PreviewBody, signal })),
  });
}

function useChange<V, R>(mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSuccess: () => cache.invalidateQueries({ queryKey: [...links, "list"] }),
  }).mutateAsync;
}

const path = (code: string) => ({ params: { path: { code } } });

export function useCreateLink() {
  return useChange((body: NewLink) =>
    send(api.POST("/api/v1/links", { body, headers: idempotent() })),
  );
}

export function useUpdateLink() {
  return useChange(({ code, body }: { code: string; body: LinkChange }) =>
    send(api.PATCH("/api/v1/links/{code}", { ...path(code), body })),
  );
}

export function useDeleteLink() {
  return useChange((code: string) => send(api.DELETE("/api/v1/links/{code}", path(code))));
}
