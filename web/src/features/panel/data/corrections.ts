// Changing and taking back what was said; the answer is shown at once.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import { keys } from "./keys";
import { patchMessage } from "./messages";

const pathOf = (request_id: number, message_id: number) => ({
  params: { path: { request_id, message_id } },
});

export function useEdit(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ messageId, text }: { messageId: number; text: string }) =>
      send(
        api.PATCH("/api/v1/requests/{request_id}/messages/{message_id}", {
          ...pathOf(id, messageId),
          body: { text },
        }),
      ),
    meta: { ownErrors: true },
    onSuccess: (message) => patchMessage(cache, id, message),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.log(id) }),
  });
}

export function useDelete(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (messageId: number) =>
      send(
        api.DELETE("/api/v1/requests/{request_id}/messages/{message_id}", pathOf(id, messageId)),
      ),
    meta: { ownErrors: true },
    onSuccess: (message) => patchMessage(cache, id, message),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.log(id) }),
  });
}
