// The known piece of a conversation: always whole between its first and its last message.
import type { Message } from "../types";

export type Known = {
  items: Message[];
  /** Nothing is older than the first. */
  complete: boolean;
  /** Nothing is newer than the last; else the reader has gone back in time. */
  newest: boolean;
};

/** A piece as the server gives it, with whether there is more before and after it. */
export type Page = { items: Message[]; older: boolean; newer: boolean };

export const pageSize = 50;

function merged(older: Message[], newer: Message[]): Message[] {
  const bySeq = new Map([...older, ...newer].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((left, right) => left.seq - right.seq);
}

const firstSeq = (items: Message[]) => items[0]?.seq ?? 0;
const lastSeq = (items: Message[]) => items.at(-1)?.seq ?? 0;

function alone({ items, older, newer }: Page): Known {
  return { items, complete: !older, newest: !newer };
}

/** The newest page again: what it says goes first, what it does not reach to is forgotten. */
export function withNewest(known: Known | undefined, page: Page): Known {
  const first = firstSeq(page.items);
  const touches = known && known.items.length > 0 && lastSeq(known.items) >= first - 1;
  if (!touches) return alone(page);
  const before = known.items.filter(({ seq }) => seq < first);
  // Something may have come by an event while the page was on its way.
  const since = known.items.filter(({ seq }) => seq > lastSeq(page.items));
  return {
    items: [...before, ...page.items, ...since],
    complete: known.complete || !page.older,
    newest: true,
  };
}

export function withOlder(known: Known, page: Page): Known {
  return { ...known, items: merged(page.items, known.items), complete: !page.older };
}

export function withNewer(known: Known, page: Page): Known {
  return { ...known, items: merged(known.items, page.items), newest: !page.newer };
}

/** A page around some place: joined where it touches the known, else instead of it. */
export function withPlace(known: Known | undefined, page: Page): Known {
  if (!known || known.items.length === 0 || page.items.length === 0) return alone(page);
  const [first, last] = [firstSeq(page.items), lastSeq(page.items)];
  const touches = first <= lastSeq(known.items) + 1 && last >= firstSeq(known.items) - 1;
  if (!touches) return alone(page);
  return {
    items: merged(known.items, page.items),
    complete: first < firstSeq(known.items) ? !page.older : known.complete,
    newest: last > lastSeq(known.items) ? !page.newer : known.newest,
  };
}

/** A piece back in time read again from its first message on. */
export function withAgain(known: Known, page: Page): Known {
  const last = lastSeq(page.items);
  const beyond = known.items.filter(({ seq }) => seq > last);
  return {
    ...known,
    items: [...page.items, ...beyond],
    newest: beyond.length === 0 && !page.newer,
  };
}

/** One message, new or changed; null when something before it is missing. */
export function withOne(known: Known, message: Message): Known | null {
  const { items, newest } = known;
  if (items.length > 0 && message.seq < firstSeq(items)) return known;
  if (message.seq > lastSeq(items) && !newest) return known;
  if (items.length > 0 && message.seq > lastSeq(items) + 1) return null;
  return { ...known, items: merged(items, [message]) };
}
