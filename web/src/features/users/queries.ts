// Users and roles over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, formOf, idempotent, send } from "@/api/client";
import { useList, wholeList } from "@/api/list";
import type { components } from "@/api/schema";

export type User = components["schemas"]["UserOut"];
export type Role = components["schemas"]["RoleOut"];
export type NewUser = components["schemas"]["UserIn"];
type UserChange = components["schemas"]["UserPatch"];
type UserFilters = { q?: string; role?: string; active?: string; sort?: string };

const users = ["users"];

export function useUsers({ q, role, active, sort }: UserFilters) {
  const query = { q, role, sort, active: active === undefined ? undefined : active === "yes" };
  return useList<User>([...users, query], (cursor, signal) =>
    send(api.GET("/api/v1/users", { params: { query: { ...query, cursor } }, signal })),
  );
}

export function useRoles(): Role[] {
  const query = useQuery({
    queryKey: ["roles"],
    queryFn: ({ signal }) => send(api.GET("/api/v1/roles", { signal })),
    staleTime: 300_000,
  });
  return query.data?.items ?? [];
}

function useChange<V, R>(mutationFn: (input: V) => Promise<R>, ownErrors = false) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors },
    onSuccess: () => cache.invalidateQueries({ queryKey: users }),
  }).mutateAsync;
}

export function useCreateUser() {
  return useChange(
    (body: NewUser) => send(api.POST("/api/v1/users", { body, headers: idempotent() })),
    true,
  );
}

const path = (user_id: number) => ({ params: { path: { user_id } } });

export function useUpdateUser() {
  return useChange(
    ({ id, body }: { id: number; body: UserChange }) =>
      send(api.PATCH("/api/v1/users/{user_id}", { ...path(id), body })),
    true,
  );
}

export function useActivateUser() {
  return useChange((id: number) => send(api.POST("/api/v1/users/{user_id}/activate", path(id))));
}

export function useDeactivateUser() {
  return useChange(
    ({ id, open_chats_to }: { id: number; open_chats_to: number | null }) =>
      send(
        api.POST("/api/v1/users/{user_id}/deactivate", { ...path(id), body: { open_chats_to } }),
      ),
    true,
  );
}

export function useResetLink() {
  return useChange(
    (id: number) => send(api.POST("/api/v1/users/{user_id}/reset-link", path(id))),
    true,
  );
}

/** For a user who has lost phone and recovery codes. */
export function useSwitchFactorOff() {
  return useChange(
    (id: number) => send(api.POST("/api/v1/users/{user_id}/totp/disable", path(id))),
    true,
  );
}

export function useUserSessions(id: number) {
  const query = useQuery({
    queryKey: [...users, id, "sessions"],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/users/{user_id}/sessions", { ...path(id), signal })),
  });
  return wholeList(query.data?.items, query);
}

export function useEndUserSessions() {
  return useChange(
    (id: number) => send(api.DELETE("/api/v1/users/{user_id}/sessions", path(id))),
    true,
  );
}

export function usePutPicture(id: number) {
  return useChange(
    (file: File) =>
      send(
        api.PUT("/api/v1/users/{user_id}/picture", {
          ...path(id),
          body: { file: "" },
          bodySerializer: () => formOf(file),
        }),
      ),
    true,
  );
}

export function useRemovePicture(id: number) {
  return useChange(() => send(api.DELETE("/api/v1/users/{user_id}/picture", path(id))), true);
}
