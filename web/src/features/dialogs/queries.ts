// Dialogs, their messages, variables and runs over the API; what is open refreshes itself.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, receive, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";
import { useLive, useRefreshMs } from "@/api/useLive";

type Schemas = components["schemas"];
export type Dialog = Schemas["DialogOut"];
export type Message = Schemas["MessageOut"];
export type Run = Schemas["RunOut"];
export type RunDetail = Schemas["RunDetail"];
export type Step = Schemas["StepOut"];
export type Call = Schemas["CallOut"];

const dialogs = ["dialogs"];
const runs = ["runs", "list"];
const runRefreshMs = 4_000;
const pageSize = 60;

/** The newest event that a list of dialogs contains now. */
async function mark(): Promise<number | null> {
  const { eventId } = await receive(
    api.GET("/api/v1/dialogs", { params: { query: { limit: 1 } } }),
  );
  return eventId === null ? null : Number(eventId);
}

type DialogFilters = {
  bot_id?: string;
  waiting?: string;
  q?: string;
  utm_source?: string;
  utm_campaign?: string;
};

export function useDialogs({ bot_id, ...filters }: DialogFilters) {
  const query = { ...filters, bot_id: bot_id ? Number(bot_id) : undefined };
  const refetchInterval = useRefreshMs();
  useLive("dialogs", mark, [[...dialogs, "list"]]);
  return useList<Dialog>(
    [...dialogs, "list", query],
    (cursor, signal) =>
      send(api.GET("/api/v1/dialogs", { params: { query: { ...query, cursor } }, signal })),
    { refetchInterval },
  );
}

const path = (dialog_id: number) => ({ params: { path: { dialog_id } } });

/** The dialog with all that its page shows stays fresh while it is open. */
export function useDialog(id: number) {
  useLive(`dialog:${id}`, mark, [
    [...dialogs, id],
    [...runs, id],
  ]);
  return useQuery({
    queryKey: [...dialogs, id],
    queryFn: ({ signal }) => send(api.GET("/api/v1/dialogs/{dialog_id}", { ...path(id), signal })),
    refetchInterval: useRefreshMs(),
  });
}

/** The newest page first; older ones on demand. */
export function useMessages(id: number) {
  const query = useInfiniteQuery({
    queryKey: [...dialogs, id, "messages"],
    queryFn: ({ pageParam, signal }) =>
      send(
        api.GET("/api/v1/dialogs/{dialog_id}/messages", {
          params: { path: { dialog_id: id }, query: { before: pageParam, limit: pageSize } },
          signal,
        }),
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ items }) => {
      const first = items[0]?.seq ?? 1;
      return items.length < pageSize || first <= 1 ? undefined : first;
    },
    refetchInterval: useRefreshMs(),
  });
  const messages = useMemo(
    () => [...(query.data?.pages ?? [])].reverse().flatMap(({ items }) => items),
    [query.data],
  );
  return { query, messages };
}

export function useDialogState(id: number) {
  return useQuery({
    queryKey: [...dialogs, id, "state"],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/dialogs/{dialog_id}/state", { ...path(id), signal })),
    refetchInterval: useRefreshMs(),
  });
}

export function useRuns(dialogId: number) {
  return useList<Run>(
    [...runs, dialogId],
    (cursor, signal) =>
      send(api.GET("/api/v1/runs", { params: { query: { dialog_id: dialogId, cursor } }, signal })),
    { refetchInterval: useRefreshMs() },
  );
}

export function isOpen(run: Pick<Run, "status">): boolean {
  return ["running", "waiting", "scheduled", "starting"].includes(run.status);
}

export function useRun(id: number) {
  return useQuery({
    queryKey: ["runs", id],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/runs/{run_id}", { params: { path: { run_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? runRefreshMs : false),
  });
}

export function useCancelRun(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () =>
      send(api.POST("/api/v1/runs/{run_id}/cancel", { params: { path: { run_id: id } } })),
    meta: { ownErrors: true },
    onSuccess: () => cache.invalidateQueries({ queryKey: ["runs"] }),
  }).mutateAsync;
}

export function useFetchAgain(dialogId: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (message_id: number) =>
      send(
        api.POST("/api/v1/messages/{message_id}/fetch-again", { params: { path: { message_id } } }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: [...dialogs, dialogId, "messages"] }),
  }).mutate;
}
