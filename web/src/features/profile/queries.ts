// One's own account over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, formOf, send } from "@/api/client";
import { wholeList } from "@/api/list";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
const me = ["me"];

function useChange<V, R>(mutationFn: (input: V) => Promise<R>, ownErrors = true) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors },
    onSuccess: () => cache.invalidateQueries({ queryKey: me }),
  }).mutateAsync;
}

export function useSaveProfile() {
  return useChange((body: Schemas["MePatch"]) => send(api.PATCH("/api/v1/me", { body })));
}

export function useChangePassword() {
  return useChange((body: Schemas["PasswordIn"]) =>
    send(api.POST("/api/v1/auth/password", { body })),
  );
}

export function useMySessions() {
  const query = useQuery({
    queryKey: [...me, "sessions"],
    queryFn: ({ signal }) => send(api.GET("/api/v1/me/sessions", { signal })),
  });
  return wholeList(query.data?.items, query);
}

export function useEndSession() {
  return useChange(
    (session_id: number) =>
      send(api.DELETE("/api/v1/me/sessions/{session_id}", { params: { path: { session_id } } })),
    false,
  );
}

export function useBeginTotp() {
  return useChange(() => send(api.POST("/api/v1/auth/totp")), false);
}

export function useConfirmTotp() {
  return useChange((code: string) =>
    send(api.POST("/api/v1/auth/totp/confirm", { body: { code } })),
  );
}

export function useDisableTotp() {
  return useChange((body: Schemas["ProofIn"]) =>
    send(api.POST("/api/v1/auth/totp/disable", { body })),
  );
}

export function useRenewCodes() {
  return useChange((body: Schemas["ProofIn"]) =>
    send(api.POST("/api/v1/auth/totp/recovery-codes", { body })),
  );
}

export function usePutPicture() {
  return useChange((file: File) =>
    send(api.PUT("/api/v1/me/picture", { body: { file: "" }, bodySerializer: () => formOf(file) })),
  );
}

export function useRemovePicture() {
  return useChange(() => send(api.DELETE("/api/v1/me/picture")));
}
