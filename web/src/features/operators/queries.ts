// The team, statuses and skill groups over the API; all of them come whole.
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, idempotent, receive, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";
import { useLive, useRefreshMs } from "@/api/useLive";
import { useCan } from "@/features/session";

type Schemas = components["schemas"];
export type Operator = Schemas["Operator"];
type OperatorChange = Schemas["OperatorPatch"];
export type Status = Schemas["Status"];
type NewStatus = Schemas["NewStatus"];
type StatusChange = Schemas["StatusPatch"];
export type Stay = Schemas["Interval"];
export type SkillGroup = Schemas["SkillGroup"];
type NewSkillGroup = Schemas["NewSkillGroup"];
type SkillGroupChange = Schemas["SkillGroupPatch"];
export type OpenChats = NonNullable<Schemas["SetStatus"]["open_chats"]>;

const team = ["operators"];
const statuses = ["operator-statuses"];
const groups = ["skill-groups"];

async function mark(): Promise<number | null> {
  const { eventId } = await receive(api.GET("/api/v1/operators"));
  return eventId === null ? null : Number(eventId);
}

export const teamQuery = queryOptions({
  queryKey: team,
  queryFn: ({ signal }) => send(api.GET("/api/v1/operators", { signal })),
});

/** Everyone who answers clients, kept fresh while the page is open. */
export function useTeam() {
  const refetchInterval = useRefreshMs();
  useLive("team", mark, [team]);
  return useQuery({ ...teamQuery, select: ({ items }) => items, refetchInterval });
}

/** The log of one operator's statuses. */
export function useStays(user_id: number) {
  return useList<Stay>([...team, user_id, "intervals"], (cursor, signal) =>
    send(
      api.GET("/api/v1/operators/{user_id}/intervals", {
        params: { path: { user_id }, query: { cursor } },
        signal,
      }),
    ),
  );
}

const nobody: Operator[] = [];

/** The team beside something else: as it was when asked, nobody for who may not see it. */
export function useOperators(): Operator[] {
  const enabled = useCan()("operators.view");
  const { data } = useQuery({ ...teamQuery, enabled, select: ({ items }) => items });
  return data ?? nobody;
}

/** Operators for a field of a form. */
export function useOperatorChoices(): { value: string; label: string }[] {
  const data = useOperators();
  return useMemo(
    () => data.map(({ user_id, name }) => ({ value: String(user_id), label: name })),
    [data],
  );
}

export function useStatuses() {
  return useQuery({
    queryKey: statuses,
    queryFn: ({ signal }) => send(api.GET("/api/v1/operator-statuses", { signal })),
    select: ({ items }) => [...items].sort((a, b) => a.position - b.position || a.id - b.id),
  });
}

export function useGroups() {
  return useQuery({
    queryKey: groups,
    queryFn: ({ signal }) => send(api.GET("/api/v1/skill-groups", { signal })),
    select: ({ items }) => items,
  });
}

function useChange<V, R>(keys: string[][], mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSuccess: () => Promise.all(keys.map((queryKey) => cache.invalidateQueries({ queryKey }))),
  }).mutateAsync;
}

export function useChangeOperator() {
  return useChange([team, groups], ({ id, ...body }: OperatorChange & { id: number }) =>
    send(api.PATCH("/api/v1/operators/{user_id}", { params: { path: { user_id: id } }, body })),
  );
}

export function useSetStatus() {
  return useChange([team], (given: { id: number; status_id: number; open_chats: OpenChats }) => {
    const { id, ...body } = given;
    const params = { path: { user_id: id } };
    return send(api.PUT("/api/v1/operators/{user_id}/status", { params, body }));
  });
}

export function useMessage() {
  return useMutation({
    mutationFn: ({ id, text }: { id: number; text: string }) =>
      send(
        api.POST("/api/v1/operators/{user_id}/messages", {
          params: { path: { user_id: id } },
          body: { text },
          headers: idempotent(),
        }),
      ),
    meta: { ownErrors: true },
  }).mutateAsync;
}

const statusPath = (status_id: number) => ({ params: { path: { status_id } } });

export function useCreateStatus() {
  return useChange([statuses], (body: NewStatus) =>
    send(api.POST("/api/v1/operator-statuses", { body, headers: idempotent() })),
  );
}

export function useChangeStatus() {
  return useChange([statuses, team], ({ id, ...body }: StatusChange & { id: number }) =>
    send(api.PATCH("/api/v1/operator-statuses/{status_id}", { ...statusPath(id), body })),
  );
}

export function useDeleteStatus() {
  return useChange([statuses], (id: number) =>
    send(api.DELETE("/api/v1/operator-statuses/{status_id}", statusPath(id))),
  );
}

const groupPath = (group_id: number) => ({ params: { path: { group_id } } });

export function useCreateGroup() {
  return useChange([groups, team], (body: NewSkillGroup) =>
    send(api.POST("/api/v1/skill-groups", { body, headers: idempotent() })),
  );
}

export function useChangeGroup() {
  return useChange([groups, team], ({ id, ...body }: SkillGroupChange & { id: number }) =>
    send(api.PATCH("/api/v1/skill-groups/{group_id}", { ...groupPath(id), body })),
  );
}

export function useDeleteGroup() {
  return useChange([groups, team], (id: number) =>
    send(api.DELETE("/api/v1/skill-groups/{group_id}", groupPath(id))),
  );
}
