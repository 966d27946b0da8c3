// The catalogue of integrations over the API; it asks again by itself.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Card = Schemas["CardShown"];
export type Connection = Schemas["Connection"];
export type Tested = Schemas["Tested"];
export type State = Card["state"];

const integrations = ["integrations"];
const refreshMs = 5_000;

export const purposes = ["automate", "synchronise", "events", "extend"] as const;

export function useHealth() {
  return useQuery({
    queryKey: [...integrations, "health"],
    queryFn: ({ signal }) => send(api.GET("/api/v1/integrations/health", { signal })),
    select: ({ items }) => items,
    refetchInterval: refreshMs,
  });
}

export function useTest() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ key, connection }: { key: string; connection: string }) =>
      send(
        api.POST("/api/v1/integrations/{key}/test", {
          params: { path: { key } },
          body: { connection },
        }),
      ),
    meta: { ownErrors: true },
    onSuccess: () => cache.invalidateQueries({ queryKey: integrations }),
  }).mutateAsync;
}
