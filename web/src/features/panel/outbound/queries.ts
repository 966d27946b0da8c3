// Whom an operator may write to first, and the chat that begins with it.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, idempotent, send } from "@/api/client";
import type { components } from "@/api/schema";
import { useCan } from "@/features/session";
import { keys } from "../data/keys";

type Schemas = components["schemas"];
export type Addressee = Schemas["Addressee"];
type NewChatBody = Partial<Schemas["NewChat"]>;

export const shortest = 2;

export function useAddressees(words: string) {
  return useQuery({
    queryKey: ["panel", "addressees", words],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/addressees", { params: { query: { q: words } }, signal })),
    select: ({ items }) => items,
    enabled: words.length >= shortest,
    placeholderData: keepPreviousData,
    // Somebody may have begun a chat with them since.
    gcTime: 0,
  });
}

export function useStartChat() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewChatBody) =>
      send(
        api.POST("/api/v1/chats", {
          headers: idempotent(),
          body: { text: "", ...body },
        }),
      ),
    meta: { ownErrors: "all" },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.counters }),
  }).mutateAsync;
}

/** Whether whoever looks may write to clients first, by role and by the rules of the instance. */
export function useMayBegin(): boolean {
  const may = useCan()("requests.outbound");
  return useOutboundRules(may)?.allowed ?? false;
}

export function useOutboundRules(enabled: boolean) {
  return useQuery({
    queryKey: ["panel", "outbound-rules"],
    queryFn: ({ signal }) => send(api.GET("/api/v1/outbound-rules", { signal })),
    enabled,
    staleTime: 60_000,
  }).data;
}
