// Where else the client of a request is known to its bot.
import { useQuery } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import type { Addressee } from "../../outbound/queries";
import type { Details } from "../../types";

export function useOtherChannels({ request, client }: Details) {
  const { data, isPending } = useQuery({
    queryKey: ["panel", "channels", client.id],
    queryFn: ({ signal }) =>
      send(
        api.GET("/api/v1/clients/{client_id}/channels", {
          params: { path: { client_id: client.id } },
          signal,
        }),
      ),
    select: (channels) =>
      channels
        .filter(({ id, bot_id }) => bot_id === request.bot_id && id !== client.contact_id)
        .map(
          ({ id, bot_id, channel, chat_id, username, subscribed }): Addressee => ({
            contact_id: id,
            client_id: client.id,
            name: client.name,
            phone: client.phone,
            username,
            bot_id,
            bot_name: "",
            channel,
            chat_id,
            refusal: subscribed ? null : "unsubscribed",
            request_id: null,
          }),
        ),
  });
  return { others: data ?? [], isPending };
}
