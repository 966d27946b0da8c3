// What may be done to one message, and what its channel cannot do.
import { filesOf } from "@/ui/chat/content";
import type { Details, Message } from "../types";

export const deeds = ["reply", "forward", "edit", "delete"] as const;
export type Deed = (typeof deeds)[number];

/** `cannot`: it would be allowed, but the channel has no such thing. */
export type Offer = { deed: Deed; cannot: boolean };

export function offersFor(
  message: Message,
  details: Details,
  me: number,
  forwards = true,
): Offer[] {
  const { direction, author_kind, author_id, status } = message;
  if (message.deleted_at || message.kind === "system") return [];
  const { request, may, channel_can } = details;
  const isNote = direction === "note";
  const failed = status === "failed";
  const ours = author_kind === "operator" && message.request_id === request.id;
  const own = ours && author_id === me;
  const changeable = isNote || request.state !== "closed";
  const allowed: Record<Deed, boolean> = {
    reply: !isNote && !failed && may.includes("reply"),
    forward: forwards && !isNote && !failed && hasWords(message),
    edit: own && changeable && !failed && message.text !== "",
    delete: (own || (ours && may.includes("assign_any"))) && (changeable || failed),
  };
  return deeds
    .filter((deed) => allowed[deed])
    .map((deed) => ({
      deed,
      // What stays in the panel, or never left it, needs no channel.
      cannot: deed !== "forward" && !isNote && !failed && !channel_can.includes(deed),
    }));
}

/** A text or files: what has neither is not said again. */
function hasWords({ kind, text, content }: Message): boolean {
  return kind !== "press" && (text !== "" || filesOf(content, kind).length > 0);
}
