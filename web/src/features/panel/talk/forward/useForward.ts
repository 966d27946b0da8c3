// Says a message again in a chat, or as the first words of one.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { api, idempotent, send } from "@/api/client";
import { patchMessage } from "../../data/messages";
import type { Message } from "../../types";
import type { Target } from "./useTargets";

/** The number of the chat in which it is said now. A second try says it once. */
export function useForward(request: number) {
  const cache = useQueryClient();
  const once = useRef(crypto.randomUUID());
  return useMutation({
    mutationFn: async ({ message, to }: { message: Message; to: Target }): Promise<number> => {
      const forward = { request_id: request, message_id: message.id };
      const client_msg_id = `${once.current}-${to.key}`.slice(0, 64);
      if (to.requestId === undefined) {
        const body = { contact_id: to.contactId, text: "", forward, client_msg_id };
        return (await send(api.POST("/api/v1/chats", { headers: idempotent(), body }))).id;
      }
      const said = await send(
        api.POST("/api/v1/requests/{request_id}/messages", {
          params: { path: { request_id: to.requestId } },
          body: { client_msg_id, text: "", kind: "text", attachments: [], mentions: [], forward },
        }),
      );
      patchMessage(cache, to.requestId, said);
      return to.requestId;
    },
    meta: { ownErrors: "all" },
  });
}
