// What of that which waited is sent, as the period of a resumption.
import { momentOf } from "@/ui/time/localInput";

export type WhatToSend = "all" | "period" | "none";
type Choice = { what: WhatToSend; from: string; to: string };

/** Without a period everything is sent; one that begins now leaves out all that waits. */
export function periodOfChoice(
  { what, from, to }: Choice,
  now: Date = new Date(),
): { from?: string; to?: string } {
  if (what === "all") return {};
  if (what === "none") return { from: now.toISOString() };
  return { from: momentOf(from), to: momentOf(to) };
}
