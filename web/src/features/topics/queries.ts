// Topics and tags over the API; both come whole.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, idempotent, send } from "@/api/client";
import { everyPage } from "@/api/list";
import type { components } from "@/api/schema";
import { branches } from "./tree";

type Schemas = components["schemas"];
export type Topic = Schemas["Topic"];
type NewTopic = Schemas["NewTopic"];
type TopicChange = Schemas["TopicPatch"];
export type Tag = Schemas["Tag"];
type NewTag = Schemas["NewTag"];
type TagChange = Schemas["TagPatch"];

const topics = ["topics"];
const tags = ["tags"];
const limit = 200;

export function useTopics() {
  return useQuery({
    queryKey: topics,
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        send(api.GET("/api/v1/topics", { params: { query: { cursor, limit } }, signal })),
      ),
    select: branches<Topic>,
  });
}

export function useTags() {
  return useQuery({
    queryKey: tags,
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        send(api.GET("/api/v1/tags", { params: { query: { cursor, limit } }, signal })),
      ),
  });
}

/** Ids of the topics that one may set on requests; null: all of them. */
export function useSettableTopics(): number[] | null {
  const { data } = useQuery({
    queryKey: [...topics, "settable"],
    queryFn: ({ signal }) => send(api.GET("/api/v1/settable-topics", { signal })),
    staleTime: 60_000,
  });
  return data?.topic_ids ?? null;
}

type Choice = { value: string; label: string };

/** Active topics for a field, each behind those above it; `kept` are chosen already. */
export function useTopicChoices(kept: readonly (number | null)[] = []): Choice[] {
  const { data } = useTopics();
  const held = JSON.stringify(kept);
  return useMemo(() => {
    const chosen = new Set(JSON.parse(held) as number[]);
    return (data ?? [])
      .filter(({ id, active }) => active || chosen.has(id))
      .map(({ id, path }) => ({ value: String(id), label: path }));
  }, [data, held]);
}

function useChange<V, R>(key: string[], mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSuccess: () => cache.invalidateQueries({ queryKey: key }),
  }).mutateAsync;
}

const topicPath = (topic_id: number) => ({ params: { path: { topic_id } } });
const tagPath = (tag_id: number) => ({ params: { path: { tag_id } } });

export function useCreateTopic() {
  return useChange(topics, (body: NewTopic) =>
    send(api.POST("/api/v1/topics", { body, headers: idempotent() })),
  );
}

export function useChangeTopic() {
  return useChange(topics, ({ id, ...body }: TopicChange & { id: number }) =>
    send(api.PATCH("/api/v1/topics/{topic_id}", { ...topicPath(id), body })),
  );
}

export function useDeleteTopic() {
  return useChange(topics, (id: number) =>
    send(api.DELETE("/api/v1/topics/{topic_id}", topicPath(id))),
  );
}

export function useCreateTag() {
  return useChange(tags, (body: NewTag) =>
    send(api.POST("/api/v1/tags", { body, headers: idempotent() })),
  );
}

export function useChangeTag() {
  return useChange(tags, ({ id, ...body }: TagChange & { id: number }) =>
    send(api.PATCH("/api/v1/tags/{tag_id}", { ...tagPath(id), body })),
  );
}
