// To whom a message can go on: chats that go on, and clients with whom none does.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import { shortest, useAddressees, useMayBegin } from "../../outbound/queries";

/** `requestId`: the chat; without one it is begun with the contact. */
export type Target = {
  key: string;
  name: string;
  channel: string;
  requestId?: number;
  contactId?: number;
};

const most = 10;

export function useTargets(words: string, own: number) {
  const mayBegin = useMayBegin();
  const chats = useQuery({
    queryKey: ["panel", "forward to", words],
    queryFn: ({ signal }) =>
      send(
        api.GET("/api/v1/requests", {
          params: { query: { q: words || undefined, limit: most * 2 } },
          signal,
        }),
      ),
    select: ({ items }) =>
      items
        .filter(({ id, state }) => id !== own && state !== "closed")
        .slice(0, most)
        .map(
          ({ id, client_name: name, channel }): Target => ({
            key: `chat ${id}`,
            name,
            channel,
            requestId: id,
          }),
        ),
    enabled: words.length === 0 || words.length >= shortest,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const clients = useAddressees(mayBegin ? words : "");
  const without = (clients.data ?? [])
    .filter(({ refusal, request_id }) => refusal === null && request_id === null)
    .map(
      ({ contact_id: contactId, name, channel }): Target => ({
        key: `client ${contactId}`,
        name,
        channel,
        contactId,
      }),
    );
  const isLooking = chats.isFetching || clients.isFetching;
  return { targets: [...(chats.data ?? []), ...(mayBegin ? without : [])], isLooking };
}
