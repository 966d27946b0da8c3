// One action for many requests: in portions, with what was refused, and how it is taken back.
import type { components } from "@/api/schema";
import type { Request } from "../types";

type Schemas = components["schemas"];
export type BulkItem = Schemas["BulkItem"];
/** Exactly one of the actions, with what it needs. */
export type Change = Omit<Schemas["Bulk"], "ids">;
export type Step = { ids: number[]; change: Change };

/** Small enough for the bar to move. */
export const portionSize = 20;

export function portions(ids: readonly number[]): number[][] {
  const found: number[][] = [];
  for (let start = 0; start < ids.length; start += portionSize) {
    found.push(ids.slice(start, start + portionSize));
  }
  return found;
}

const shown = ["take", "assign", "topic", "tags", "close", "read"] as const;

/** The action by the word under which it is shown. */
export function nameOf(change: Change): (typeof shown)[number] {
  return shown.find((name) => change[name] != null) ?? "read";
}

/** The same assignment beyond the operator's limit; null for other actions. */
export function overLimit({ assign }: Change): Change | null {
  return assign ? { assign: { ...assign, over_limit: true } } : null;
}

/** What a request that was changed needs to be as it was; null where nothing takes it back. */
function backOf(change: Change, before: Request): Change | null {
  const had = new Set(before.tags.map(({ id }) => id));
  if (change.tags) {
    return {
      tags: {
        add: (change.tags.remove ?? []).filter((id) => had.has(id)),
        remove: (change.tags.add ?? []).filter((id) => !had.has(id)),
      },
    };
  }
  if (change.topic) return { topic: { subject_id: before.subject?.id ?? null } };
  if (change.read && before.unread > 0) return { unread: { count: before.unread } };
  return null;
}

/** The calls that take back what was done, as few as there are different ways back. */
export function wayBack(change: Change, before: readonly Request[], done: number[]): Step[] {
  const steps = new Map<string, Step>();
  for (const request of before) {
    const back = done.includes(request.id) ? backOf(change, request) : null;
    if (!back) continue;
    const name = JSON.stringify(back);
    const step = steps.get(name) ?? { ids: [], change: back };
    step.ids.push(request.id);
    steps.set(name, step);
  }
  return [...steps.values()];
}
