// The outbox of this browser, and what of it waits for one request.
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { api, send } from "@/api/client";
import { live } from "@/api/live";
import { queryClient } from "@/api/query";
import { problemText } from "@/ui/feedback/notify";
import { Outbox, type Unsent } from "../logic/outbox";
import type { Message } from "../types";
import { patchMessage } from "./messages";

function post({
  requestId,
  clientMsgId,
  kind,
  text,
  marked,
  files,
  replyTo,
}: Unsent): Promise<Message> {
  return send(
    api.POST("/api/v1/requests/{request_id}/messages", {
      params: { path: { request_id: requestId } },
      body: {
        client_msg_id: clientMsgId,
        kind,
        text,
        parse_mode: marked ? "HTML" : null,
        attachments: files,
        reply_to: replyTo?.id,
      },
    }),
  );
}

export const outbox = new Outbox<Message>({
  send: post,
  onSent: (message, { requestId }) => patchMessage(queryClient, requestId, message),
  reasonOf: problemText,
  storage: window.localStorage,
  storageKey: "connective.unsent",
});

/** While mounted, a connection that comes back sends what waits. */
export function useOutboxDriver(): void {
  useEffect(() => {
    const again = () => outbox.again();
    again();
    window.addEventListener("online", again);
    const stop = live.onStatus(() => live.isConnected && again());
    return () => {
      window.removeEventListener("online", again);
      stop();
    };
  }, []);
}

export function useUnsent(requestId: number): Unsent[] {
  const all = useSyncExternalStore(outbox.onChange, () => outbox.all);
  return useMemo(() => all.filter((unsent) => unsent.requestId === requestId), [all, requestId]);
}
