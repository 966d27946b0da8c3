// Subscriptions over the API.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";

export type Subscription = components["schemas"]["Subscription"];
type Change = components["schemas"]["SubscriptionPatch"];
type Query = {
  external_id?: string;
  phone?: string;
  channel?: string;
  status?: "subscribed" | "unsubscribed";
};

const subscriptions = ["subscriptions"];

export function useSubscriptions(query: Query) {
  return useList<Subscription>([...subscriptions, query], (cursor, signal) =>
    send(api.GET("/api/v1/subscriptions", { params: { query: { ...query, cursor } }, signal })),
  );
}

export function useChangeSubscription() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Partial<Change> & { id: number }) =>
      send(
        api.PATCH("/api/v1/subscriptions/{contact_id}", {
          params: { path: { contact_id: id } },
          body: { text: "", ...body },
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: subscriptions }),
  });
}
