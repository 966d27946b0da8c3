// The outbox of this browser, and what of it waits for one request.
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { api, send } from "@/api/client";
import { live } from "@/api/live";
import { queryClient } from "@/api/query";
import { problemText } from "@/ui/feedback/notify";
import { Outbox, type Unsent } from "../logic/outbox";
import type { Message, Scheduled } from "../types";
import { patchMessage } from "./messages";
import { showScheduled } from "./scheduled";

type Taken = { message: Message } | { scheduled: Scheduled };

async function post(unsent: Unsent): Promise<Taken> {
  const { requestId, clientMsgId, kind, text, marked, files, replyTo, later, mentions } = unsent;
  const params = { path: { request_id: requestId } };
  const words = {
    client_msg_id: clientMsgId,
    text,
    parse_mode: marked ? ("HTML" as const) : null,
    attachments: files,
    reply_to: replyTo?.id,
  };
  if (later) {
    const path = "/api/v1/requests/{request_id}/scheduled-messages" as const;
    const body = { ...words, send_at: later.sendAt };
    return { scheduled: await send(api.POST(path, { params, body })) };
  }
  const path = "/api/v1/requests/{request_id}/messages" as const;
  const body = { ...words, kind, mentions: (mentions ?? []).map((one) => one.id) };
  return { message: await send(api.POST(path, { params, body })) };
}

export const outbox = new Outbox<Taken>({
  send: post,
  onSent: (taken, { requestId }) => {
    if ("message" in taken) patchMessage(queryClient, requestId, taken.message);
    else showScheduled(queryClient, taken.scheduled);
  },
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
