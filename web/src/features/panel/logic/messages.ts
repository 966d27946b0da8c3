// The known piece of a conversation: always whole between its first and its last message.
import type { Message } from "../types";

export type Known = {
  items: Message[];
  /** Nothing is older than the first. */
  complete: boolean;
};

export const pageSize = 50;

function merged(older: Message[], newer: Message[]): Message[] {
  const bySeq = new Map([...older, ...newer].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((left, right) => left.seq - right.seq);
}

const firstSeq = (items: Message[]) => items[0]?.seq ?? 0;
const lastSeq = (items: Message[]) => items.at(-1)?.seq ?? 0;

function isStart(page: Message[], size: number): boolean {
  return page.length < size || firstSeq(page) <= 1;
}

/** The newest page again: what it says goes first, what it does not reach to is forgotten. */
export function withNewest(known: Known | undefined, page: Message[], size = pageSize): Known {
  const touches = known && known.items.length > 0 && lastSeq(known.items) >= firstSeq(page) - 1;
  if (!touches) return { items: page, complete: isStart(page, size) };
  const before = known.items.filter(({ seq }) => seq < firstSeq(page));
  // Something may have come by an event while the page was on its way.
  const since = known.items.filter(({ seq }) => seq > lastSeq(page));
  return {
    items: [...before, ...page, ...since],
    complete: known.complete || isStart(page, size),
  };
}

export function withOlder(known: Known, page: Message[], size = pageSize): Known {
  return { items: merged(page, known.items), complete: isStart(page, size) };
}

/** One message, new or changed; null when something before it is missing. */
export function withOne(known: Known, message: Message): Known | null {
  const { items } = known;
  if (items.length > 0 && message.seq < firstSeq(items)) return known;
  if (items.length > 0 && message.seq > lastSeq(items) + 1) return null;
  return { ...known, items: merged(items, [message]) };
}
