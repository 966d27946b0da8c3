// Replies that the server keeps until they are sent, and what is done to them.
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, idempotent, send } from "@/api/client";
import { useRefreshMs } from "@/api/useLive";
import type { Scheduled } from "../types";
import { keys, pathOf } from "./keys";

const nothing: Scheduled[] = [];

export function useScheduled(id: number): Scheduled[] {
  const { data } = useQuery({
    queryKey: keys.scheduled(id),
    queryFn: async ({ signal }) =>
      (
        await send(
          api.GET("/api/v1/requests/{request_id}/scheduled-messages", { ...pathOf(id), signal }),
        )
      ).items,
    // Events keep it; it is read anew after a break.
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: useRefreshMs(),
  });
  return data ?? nothing;
}

function change(cache: QueryClient, id: number, to: (now: Scheduled[]) => Scheduled[]): void {
  cache.setQueryData<Scheduled[]>(keys.scheduled(id), (now) => now && to(now));
}

/** New or changed; what waits no more disappears. */
export function showScheduled(cache: QueryClient, one: Scheduled): void {
  const waits = one.state === "waiting" || one.state === "refused";
  change(cache, one.request_id, (now) =>
    [...now.filter(({ id }) => id !== one.id), ...(waits ? [one] : [])].sort(
      (left, right) => Date.parse(left.send_at) - Date.parse(right.send_at) || left.id - right.id,
    ),
  );
}

export function takeScheduled(cache: QueryClient, data: Record<string, unknown>): void {
  if (data.scheduled) showScheduled(cache, data.scheduled as Scheduled);
  if (typeof data.scheduled_id !== "number") return;
  change(cache, Number(data.request_id), (now) => now.filter(({ id }) => id !== data.scheduled_id));
}

const at = ({ request_id, id }: Scheduled) => ({
  params: { path: { request_id, scheduled_id: id } },
});

function useScheduledAction<Asked>(
  call: (asked: Asked) => Promise<Scheduled>,
  of: (asked: Asked) => Scheduled,
  ownErrors = false,
) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: call,
    meta: { ownErrors },
    onSuccess: (now) => showScheduled(cache, now),
    onSettled: (_now, _error, asked) => {
      const { request_id } = of(asked);
      for (const queryKey of [keys.scheduled(request_id), keys.log(request_id)]) {
        void cache.invalidateQueries({ queryKey });
      }
    },
  });
}

const path = "/api/v1/requests/{request_id}/scheduled-messages/{scheduled_id}";
const itself = (one: Scheduled) => one;

export function useCancelScheduled() {
  return useScheduledAction((one: Scheduled) => send(api.DELETE(path, at(one))), itself);
}

export function useSendScheduled() {
  return useScheduledAction(
    (one: Scheduled) => send(api.POST(`${path}/send`, { ...at(one), headers: idempotent() })),
    itself,
  );
}

export function useMoveScheduled() {
  return useScheduledAction(
    ({ one, send_at }: { one: Scheduled; send_at: string }) =>
      send(api.PATCH(path, { ...at(one), body: { send_at } })),
    ({ one }) => one,
    true,
  );
}
