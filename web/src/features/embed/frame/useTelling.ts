// Tells the page around what happens in the panel.
import { useEffect, useRef } from "react";
import type { LiveEvent } from "@/api/frames";
import { live } from "@/api/live";
import { markRequests, useFolderCounts } from "@/features/duty";
import { usePanelRequest } from "@/features/panel";
import { desk, told } from "./commands";
import { parent } from "./parent";

type Request = { id: number; state: string; unread?: number };
type Message = { author_kind: string };

/** Exported for its test: what is told of an event. */
export function toldOf({ kind, data }: LiveEvent): [string, Record<string, unknown>] | null {
  const request = data.request as Request | undefined;
  const message = data.message as Message | undefined;
  if (!request) return null;
  if (kind === "request.closed") return ["chat_closed", { chat_id: request.id }];
  if (kind === "message.created" && message?.author_kind === "client") {
    return ["new_message", { chat_id: request.id, unread: request.unread ?? 0 }];
  }
  return null;
}

const closed = new Set<number>();

/** Once, whether the event says so or the opened chat is seen to be closed. */
function tellClosed(chat_id: number): void {
  if (closed.has(chat_id)) return;
  closed.add(chat_id);
  parent.tell("chat_closed", { chat_id });
}

/** Of a chat that was open while it was looked at. */
function useClosing(chat: { id: number; state: string } | undefined): void {
  const open = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (!chat) return;
    if (chat.state !== "closed") {
      open.current = chat.id;
      closed.delete(chat.id);
    } else if (open.current === chat.id) tellClosed(chat.id);
  }, [chat]);
}

export function useTelling(number: number | undefined): void {
  useEffect(
    () =>
      live.listen({
        topic: "requests",
        mark: markRequests,
        onEvent: (event) => {
          const news = toldOf(event);
          if (news?.[0] === "chat_closed") tellClosed(Number(news[1].chat_id));
          else if (news) parent.tell(...news);
        },
        onStale: () => undefined,
      }),
    [],
  );
  const unread = useFolderCounts()?.my_unread;
  useEffect(() => {
    if (unread !== undefined) parent.tell("unread_count", { n: unread });
  }, [unread]);
  const details = usePanelRequest(number).data;
  useClosing(details?.request);
  const last = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (number !== undefined) return;
    last.current = undefined;
    desk.answered = undefined;
  }, [number]);
  useEffect(() => {
    if (!details || details.request.id === last.current) return;
    last.current = details.request.id;
    if (desk.answered === details.request.id) return;
    parent.tell("chat_opened", { chat_id: details.request.id, client: told(details.client) });
  }, [details]);
}
