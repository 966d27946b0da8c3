// Which events are worth a sound: a request that became mine, a client of mine who wrote.
import type { LiveEvent } from "@/api/live";
import type { components } from "@/api/schema";

type Request = components["schemas"]["RequestOut"];
type Message = components["schemas"]["RequestMessage"];

export type Alert = {
  kind: "assigned" | "message";
  requestId: number;
  name: string;
  text: string;
};

/** `seen`: whether the request is before one's eyes at this moment. */
export function alertOf(
  { kind, data }: LiveEvent,
  me: number,
  seen: (requestId: number) => boolean,
): Alert | null {
  const request = data.request as Request | undefined;
  const message = data.message as Message | undefined;
  if (request?.assignee?.id !== me || seen(request.id)) return null;
  const about = { requestId: request.id, name: request.client_name };
  if (kind === "request.assigned") return { kind: "assigned", ...about, text: request.last_text };
  if (kind !== "message.created" || message?.direction !== "in") return null;
  return { kind: "message", ...about, text: message.text };
}
