// Which events are worth a sound: a request that became mine, a client of mine who wrote.
import type { LiveEvent } from "@/api/frames";
import type { components } from "@/api/schema";

type Request = components["schemas"]["RequestOut"];
type Message = components["schemas"]["RequestMessage"];

export type Alert = {
  kind: "assigned" | "message" | "client_silent" | "client_waits";
  requestId: number;
  name: string;
  text: string;
};

type Operator = components["schemas"]["Operator"];
/** A status that lasts longer than it may; `mine`: one's own. */
type Overstay = { name: string; minutes: number; mine: boolean };

/** Of other people's statuses hears whoever may set them. */
export function overstayOf({ kind, data }: LiveEvent, me: number, leads: boolean): Overstay | null {
  const who = data.operator as Pick<Operator, "user_id" | "name" | "status"> | undefined;
  if (kind !== "operator.overstayed" || !who) return null;
  const mine = who.user_id === me;
  return mine || leads ? { name: who.name, minutes: who.status.max_minutes ?? 0, mine } : null;
}

/** `seen`: whether the request is before one's eyes at this moment. */
export function alertOf(
  { kind, data }: LiveEvent,
  me: number,
  seen: (requestId: number) => boolean,
  leads = false,
): Alert | null {
  const request = data.request as Request | undefined;
  const message = data.message as Message | undefined;
  if (!request || seen(request.id)) return null;
  const about = { requestId: request.id, name: request.client_name };
  const mine = request.assignee?.id === me;
  if (kind === "request.reminded") {
    const why = data.why === "client_silent" ? "client_silent" : "client_waits";
    const toMe = data.to === "supervisor" ? leads : mine;
    return toMe ? { kind: why, ...about, text: request.last_text } : null;
  }
  if (!mine) return null;
  if (kind === "request.assigned") return { kind: "assigned", ...about, text: request.last_text };
  if (kind !== "message.created" || message?.direction !== "in") return null;
  return { kind: "message", ...about, text: message.text };
}
