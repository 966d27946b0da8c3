// What the client reads of a chat with operators; other events show their own names.
import type { WireMessage } from "./wire";

const happened = {
  chat_created: "events.chat_created",
  operator_disconnected: "events.operator_disconnected",
  chat_transferred: "events.chat_transferred",
} as const;
const closed = {
  operator: "events.chat_closed_operator",
  bot: "events.chat_closed_bot",
  timeout: "events.chat_closed_timeout",
  client: "events.chat_closed_client",
} as const;

const has = <T extends object>(words: T, key: PropertyKey): key is keyof T =>
  Object.hasOwn(words, key);

/** The key of the sentence, or null where there is none. */
export function wordsOf({ event, operator, by }: WireMessage) {
  if (event === "operator_connected") {
    return operator ? "events.operator_connected" : "events.operator_connected_unnamed";
  }
  if (event === "chat_closed") return has(closed, by) ? closed[by] : closed.bot;
  return has(happened, event) ? happened[event] : null;
}
