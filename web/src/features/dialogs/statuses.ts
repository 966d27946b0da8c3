// States of messages, dialogs and runs as tones.
import type { Tone } from "@/ui/StatusBadge";

export const messageStatuses = {
  received: "idle",
  queued: "idle",
  sent: "ok",
  delivered: "ok",
  read: "ok",
  failed: "bad",
  cancelled: "warn",
} as const satisfies Record<string, Tone>;

export const runStatuses = {
  scheduled: "idle",
  starting: "idle",
  running: "info",
  waiting: "warn",
  done: "ok",
  error: "bad",
  limited: "bad",
  cancelled: "idle",
} as const satisfies Record<string, Tone>;

export const waitings = ["input", "keyboard", "action", "delay", "none"] as const;

export const triggers = [
  "message",
  "start",
  "deeplink",
  "call_node",
  "alias",
  "broadcast",
  "schedule",
  "event",
  "webhook",
  "test",
] as const;

/** Narrows a word of the server to those that the catalogue names. */
export function isOneOf<T extends string>(known: readonly T[], word: string): word is T {
  return (known as readonly string[]).includes(word);
}

export function isKeyOf<T extends object>(known: T, word: string): word is keyof T & string {
  return word in known;
}
