// Events as changes of what is shown: rows move, messages appear, nothing is fetched twice.
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { LiveEvent } from "@/api/frames";
import { live } from "@/api/live";
import { useCounters } from "@/api/useLive";
import { markRequests } from "@/features/duty";
import { isIn, type Pages, withChanged, withoutRequest, withRequest } from "../logic/list";
import type { Counters, Details, Message, Request } from "../types";
import { keys } from "./keys";
import { patchMessage } from "./messages";
import type { ListQuery } from "./requests";
import { takeScheduled } from "./scheduled";

/** More loaded pages than this are read anew from the top only. */
const pagesKept = 4;

export function usePanelLive(me: number, open: number | undefined): void {
  const cache = useQueryClient();
  useCounters(({ kind, data }) => {
    if (kind !== "folder.counters") return;
    cache.setQueryData<Counters>(keys.counters, (before) => counted(before, data));
  });
  useEffect(
    () =>
      live.listen({
        topic: "requests",
        mark: markRequests,
        onEvent: (event) => takeEvent(cache, event, me),
        onStale: () => readListsAnew(cache),
      }),
    [cache, me],
  );
  useEffect(() => {
    if (open === undefined) return undefined;
    return live.listen({
      topic: `request:${open}`,
      mark: markRequests,
      // The same events come over the list's topic.
      onEvent: () => undefined,
      onStale: () => {
        for (const queryKey of [keys.request(open), keys.messages(open), keys.scheduled(open)]) {
          void cache.invalidateQueries({ queryKey });
        }
      },
    });
  }, [cache, open]);
}

const renames = new Set(["topic.updated", "topic.deleted", "tag.updated"]);

/** Topics and tags stand by name in rows and in what is open. */
function readNamesAnew(cache: QueryClient): void {
  readListsAnew(cache);
  for (const queryKey of [["panel", "request"], ["topics"], ["tags"]]) {
    void cache.invalidateQueries({ queryKey });
  }
}

/** Where nothing is distributed the queue stays without a folder. */
function counted(before: Counters | undefined, data: Record<string, unknown>): Counters {
  const now = data as Counters;
  return before?.queue === null && now.queue === 0 ? { ...now, queue: null } : now;
}

function readListsAnew(cache: QueryClient): void {
  for (const [queryKey, pages] of cache.getQueriesData<Pages>({ queryKey: keys.lists })) {
    if (pages && pages.pages.length > pagesKept) {
      cache.setQueryData<Pages>(queryKey, {
        pages: pages.pages.slice(0, pagesKept),
        pageParams: pages.pageParams.slice(0, pagesKept),
      });
    }
  }
  for (const queryKey of [keys.lists, keys.counters, keys.withBot]) {
    void cache.invalidateQueries({ queryKey });
  }
}

/** Exported for its test. */
export function takeEvent(cache: QueryClient, { kind, data }: LiveEvent, me: number): void {
  if (kind === "request.left") {
    leave(cache, Number(data.id));
    return;
  }
  takeScheduled(cache, data);
  for (const request of requestsIn(data)) patchRequest(cache, request, me);
  const message = data.message as Message | undefined;
  const request = data.request as Request | undefined;
  if (message && request) showMessage(cache, request, message);
  const over = data.conversation as { request_id: number; dialog_id: number } | undefined;
  if (message && over) showMessage(cache, { id: over.request_id, ...over }, message);
  if (renames.has(kind)) readNamesAnew(cache);
  if (kind === "dialog.taken_over") void cache.invalidateQueries({ queryKey: keys.withBot });
}

function requestsIn({ request, requests }: Record<string, unknown>): Request[] {
  if (Array.isArray(requests)) return requests as Request[];
  return request ? [request as Request] : [];
}

function leave(cache: QueryClient, id: number): void {
  cache.setQueriesData<Pages>({ queryKey: keys.lists }, (pages) =>
    pages ? withoutRequest(pages, id) : pages,
  );
  void cache.invalidateQueries({ queryKey: keys.request(id) });
}

function patchRequest(cache: QueryClient, request: Request, me: number): void {
  for (const [queryKey, pages] of cache.getQueriesData<Pages>({ queryKey: keys.lists })) {
    const { folder, sort, assignee_id: of, ...searched } = queryKey[2] as ListQuery;
    if (!pages) continue;
    const belongs =
      isIn(folder, request, me) &&
      (sort !== "waiting" || request.state !== "closed") &&
      (of === undefined || request.assignee?.id === of);
    const isSearch = Object.values(searched).some(Boolean);
    const patched = isSearch
      ? withChanged(pages, request)
      : withRequest(pages, request, sort, belongs);
    if (patched !== pages) cache.setQueryData(queryKey, patched);
  }
  const queryKey = keys.request(request.id);
  const known = cache.getQueryData<Details>(queryKey);
  if (!known || known.request.rev > request.rev) return;
  cache.setQueryData<Details>(queryKey, { ...known, request });
  // What may be done hangs on these; the server decides it.
  const before = known.request;
  const same =
    before.state === request.state &&
    before.assignee?.id === request.assignee?.id &&
    before.blocked === request.blocked &&
    before.client_left === request.client_left;
  if (!same) void cache.invalidateQueries({ queryKey });
  if (!same || before.rev !== request.rev) {
    void cache.invalidateQueries({ queryKey: keys.log(request.id) });
  }
}

/** In every opened request of the same dialog: they show one conversation. */
function showMessage(
  cache: QueryClient,
  { id, dialog_id }: Pick<Request, "id" | "dialog_id">,
  message: Message,
): void {
  const shown = new Set([id]);
  for (const [, details] of cache.getQueriesData<Details>({ queryKey: ["panel", "request"] })) {
    if (details?.request.dialog_id === dialog_id) shown.add(details.request.id);
  }
  for (const request of shown) patchMessage(cache, request, message);
}
