// The connection to Zoho CRM and its notes over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, receive, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Zoho = Schemas["Zoho"];
export type ZohoChange = Schemas["ZohoIn"];
export type ZohoField = Schemas["ZohoField"];
export type Checked = Schemas["ZohoChecked"];
export type Note = Schemas["ZohoNote"];
export type Stored = { zoho: Zoho; etag: string | null };

const zoho = ["zoho"];

export function useZoho() {
  return useQuery({
    queryKey: [...zoho, "settings"],
    queryFn: async ({ signal }): Promise<Stored> => {
      const { data, etag } = await receive(api.GET("/api/v1/integrations/zoho", { signal }));
      return { zoho: data, etag };
    },
    refetchInterval: 10_000,
  });
}

export function useNotes(status: "waiting" | "sent" | "failed" | undefined) {
  return useList<Note>(
    [...zoho, "notes", status],
    (cursor, signal) =>
      send(
        api.GET("/api/v1/integrations/zoho/notes", {
          params: { query: { cursor, status } },
          signal,
        }),
      ),
    { refetchInterval: 10_000 },
  );
}

function useChange<V, R>(mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSettled: () => cache.invalidateQueries({ queryKey: zoho }),
  }).mutateAsync;
}

export function useSaveZoho(etag: string | null) {
  return useChange(async (body: ZohoChange): Promise<Zoho> => {
    const headers = etag === null ? {} : { "If-Match": etag };
    return (await receive(api.PUT("/api/v1/integrations/zoho", { body, headers }))).data;
  });
}

export function useCheckZoho() {
  return useChange(() => send(api.POST("/api/v1/integrations/zoho/check")));
}

export function useDisconnectZoho() {
  return useChange(() => send(api.DELETE("/api/v1/integrations/zoho/oauth")));
}

export function useRetryNote() {
  return useChange((note_id: number) =>
    send(
      api.POST("/api/v1/integrations/zoho/notes/{note_id}/retry", {
        params: { path: { note_id } },
      }),
    ),
  );
}
