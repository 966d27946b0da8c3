// Why a request waits, as the server names it, and how much that calls for somebody.
import type { Tone } from "@/ui/StatusBadge";

export const reasons = {
  no_skill_group: "bad",
  nobody_online: "warn",
  all_at_limit: "warn",
  quota: "warn",
  next: "info",
} as const satisfies Record<string, Tone>;

export type Reason = keyof typeof reasons;

/** Before anybody was looked for, and where a newer server gives another word: it is next. */
export function reasonOf(word: string | null): Reason {
  return word !== null && Object.hasOwn(reasons, word) ? (word as Reason) : "next";
}
