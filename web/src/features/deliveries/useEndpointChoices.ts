// Endpoints that the log can be narrowed to: webhooks, and channels that were called lately.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, send } from "@/api/client";
import { useCan } from "@/features/session";
import { useSample } from "./queries";

export function useEndpointChoices(): { value: string; label: string }[] {
  const can = useCan();
  const rows = useSample({}).data;
  const webhooks = useQuery({
    queryKey: ["webhooks", "choices"],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/webhooks", { params: { query: { limit: 200 } }, signal })),
    enabled: can("webhooks.view"),
    staleTime: 60_000,
  }).data?.items;
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const { endpoint_id, endpoint_name } of rows ?? []) {
      names.set(String(endpoint_id), endpoint_name);
    }
    for (const { id, name } of webhooks ?? []) names.set(String(id), name);
    return [...names].map(([value, label]) => ({ value, label }));
  }, [rows, webhooks]);
}
