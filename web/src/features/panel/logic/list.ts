// The loaded part of a list of requests, kept as the server would give it, by single changes.
import type { InfiniteData } from "@tanstack/react-query";
import type { ListPage } from "@/api/list";
import type { Folder, Request, Sort } from "../types";

export type Pages = InfiniteData<ListPage<Request>, string | undefined>;

/** Since when the client waits for our answer; null when the word is his. */
export function waitsSince(request: Request): string | null {
  const { state, created_at, last_client_at, last_reply_at } = request;
  if (state === "closed") return null;
  if (!last_reply_at) return created_at;
  return last_client_at && last_client_at > last_reply_at ? last_client_at : null;
}

export function isIn(folder: Folder, request: Request, me: number): boolean {
  const { state, assignee } = request;
  switch (folder) {
    case "my":
      return state !== "closed" && assignee?.id === me;
    case "unassigned":
      return !assignee && state !== "closed" && state !== "queue";
    case "queue":
    case "closed":
      return state === (folder === "queue" ? "queue" : "closed");
    default:
      return folder === "all";
  }
}

const never = "9999-12-31T00:00:00Z";

/** Both as the server orders: by the moment, then by the number. */
const orders: Record<Sort, { by: (request: Request) => string; down: boolean }> = {
  last_message_at: {
    by: ({ last_message_at, created_at }) => last_message_at ?? created_at,
    down: true,
  },
  waiting: { by: (request) => waitsSince(request) ?? never, down: false },
  created_at: { by: ({ created_at }) => created_at, down: true },
};

export function comes(left: Request, right: Request, sort: Sort): number {
  const { by, down } = orders[sort];
  const moments = Date.parse(by(left)) - Date.parse(by(right)) || left.id - right.id;
  return down ? -moments : moments;
}

function without(pages: Pages, id: number): Pages {
  let changed = false;
  const kept = pages.pages.map((page) => {
    const items = page.items.filter((request) => request.id !== id);
    if (items.length === page.items.length) return page;
    changed = true;
    return { ...page, items };
  });
  return changed ? { ...pages, pages: kept } : pages;
}

function placeOf(pages: Pages, request: Request, sort: Sort): [number, number] | null {
  for (const [at, { items }] of pages.pages.entries()) {
    const index = items.findIndex((other) => comes(request, other, sort) < 0);
    if (index >= 0) return [at, index];
  }
  const last = pages.pages.length - 1;
  const page = pages.pages[last];
  // Behind the loaded part it comes with the page it stands on.
  return !page || page.next_cursor ? null : [last, page.items.length];
}

/** The list after one request changed: moved, come in, or gone. Equal data stays the same. */
export function withRequest(pages: Pages, request: Request, sort: Sort, belongs: boolean): Pages {
  const known = find(pages, request.id);
  if (known && known.rev > request.rev) return pages;
  const rest = without(pages, request.id);
  const place = belongs ? placeOf(rest, request, sort) : null;
  if (!place) return rest;
  const [at, index] = place;
  return {
    ...rest,
    pages: rest.pages.map((page, number) =>
      number === at
        ? { ...page, items: [...page.items.slice(0, index), request, ...page.items.slice(index)] }
        : page,
    ),
  };
}

export function withoutRequest(pages: Pages, id: number): Pages {
  return without(pages, id);
}

/** Changed where it stands: whether it belongs there only the server knows. */
export function withChanged(pages: Pages, request: Request): Pages {
  if (!find(pages, request.id)) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.map((one) => (one.id === request.id ? request : one)),
    })),
  };
}

function find(pages: Pages, id: number): Request | undefined {
  for (const { items } of pages.pages) {
    const found = items.find((request) => request.id === id);
    if (found) return found;
  }
  return undefined;
}
