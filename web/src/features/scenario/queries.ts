// The draft, versions and entry points of one bot's scenario over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, idempotent, type Received, receive, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";
import { type Graph, isGraph } from "./graph/document";

type Schemas = components["schemas"];
export type Version = Schemas["Version"];
export type VersionWithGraph = Schemas["VersionWithGraph"];
export type Diff = Schemas["Diff"];
export type EntryPoint = Schemas["EntryPoint"];
type EntryPointChange = Schemas["EntryPointPatch"];
export type Checked = Schemas["Checked"];

export type Loaded = {
  rev: number;
  graph: Graph;
  updatedAt: string | null;
  updatedBy: string;
  active: Version | null;
};

const keyOf = (botId: number) => ["scenario", botId];
const path = (bot_id: number) => ({ params: { path: { bot_id } } });

export async function loadScenario(botId: number, signal?: AbortSignal): Promise<Loaded> {
  const { draft, active } = await send(
    api.GET("/api/v1/bots/{bot_id}/scenario", { ...path(botId), signal }),
  );
  if (!isGraph(draft.graph)) throw new Error("not a scenario document");
  return {
    rev: draft.rev,
    graph: draft.graph,
    updatedAt: draft.updated_at ?? null,
    updatedBy: draft.updated_by ?? "",
    active: active ?? null,
  };
}

/** Read once when the page opens: afterwards the open draft is the newer one. */
export function useScenario(botId: number) {
  return useQuery({
    queryKey: [...keyOf(botId), "document"],
    queryFn: ({ signal }) => loadScenario(botId, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

export function saveDraft(botId: number, rev: number, graph: Graph): Promise<{ rev: number }> {
  return send(
    api.PUT("/api/v1/bots/{bot_id}/scenario/draft", { ...path(botId), body: { rev, graph } }),
  );
}

export function validateGraph(botId: number, graph: Graph): Promise<Checked> {
  return send(
    api.POST("/api/v1/bots/{bot_id}/scenario/validate", { ...path(botId), body: { graph } }),
  );
}

export function useVersions(botId: number) {
  return useList<Version>([...keyOf(botId), "versions"], (cursor, signal) =>
    send(
      api.GET("/api/v1/bots/{bot_id}/scenario/versions", {
        params: { path: { bot_id: botId }, query: { cursor, limit: 30 } },
        signal,
      }),
    ),
  );
}

export function useVersion(botId: number, number: number | null) {
  return useQuery<Received<VersionWithGraph>>({
    queryKey: [...keyOf(botId), "version", number],
    queryFn: ({ signal }) =>
      receive(
        api.GET("/api/v1/bots/{bot_id}/scenario/versions/{number}", {
          params: { path: { bot_id: botId, number: number ?? 0 } },
          signal,
        }),
      ),
    enabled: number !== null,
  });
}

/** `left` and `right` are version numbers or "draft". */
export function useDiff(botId: number, left: string, right: string) {
  return useQuery({
    queryKey: [...keyOf(botId), "diff", left, right],
    queryFn: ({ signal }) =>
      send(
        api.GET("/api/v1/bots/{bot_id}/scenario/versions/{left}/diff/{right}", {
          params: { path: { bot_id: botId, left, right } },
          signal,
        }),
      ),
    gcTime: 0,
  });
}

function useChange<V, R>(botId: number, mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: [...keyOf(botId), "versions"] }),
        cache.invalidateQueries({ queryKey: [...keyOf(botId), "entry-points"] }),
      ]),
  }).mutateAsync;
}

export function usePublish(botId: number) {
  return useChange(botId, (body: { rev: number; comment: string; activate: boolean }) =>
    send(
      api.POST("/api/v1/bots/{bot_id}/scenario/versions", {
        ...path(botId),
        body,
        headers: idempotent(),
      }),
    ),
  );
}

export function useDescribeVersion(botId: number) {
  return useChange(
    botId,
    ({ number, ...body }: { number: number; comment?: string; pinned?: boolean }) =>
      send(
        api.PATCH("/api/v1/bots/{bot_id}/scenario/versions/{number}", {
          params: { path: { bot_id: botId, number } },
          body,
        }),
      ),
  );
}

export function useRestore(botId: number) {
  return useChange(botId, ({ number, confirm }: { number: number; confirm: boolean }) =>
    send(
      api.POST("/api/v1/bots/{bot_id}/scenario/versions/{number}/restore", {
        params: { path: { bot_id: botId, number } },
        body: { confirm },
      }),
    ),
  );
}

export function useEntryPoints(botId: number) {
  return useQuery({
    queryKey: [...keyOf(botId), "entry-points"],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/bots/{bot_id}/entry-points", { ...path(botId), signal })),
    select: (page) => page.items,
  });
}

export function useChangeEntryPoint(botId: number) {
  return useChange(botId, ({ nodeId, ...body }: EntryPointChange & { nodeId: number }) =>
    send(
      api.PATCH("/api/v1/bots/{bot_id}/entry-points/{node_id}", {
        params: { path: { bot_id: botId, node_id: nodeId } },
        body,
      }),
    ),
  );
}
