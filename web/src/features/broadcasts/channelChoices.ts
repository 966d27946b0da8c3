// Channels that a template may name; those that this instance has come from its bots.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, send } from "@/api/client";
import { useChannelName } from "@/features/bots";

const always = ["custom_channel"];

export function useChannelChoices(): { value: string; label: string }[] {
  const name = useChannelName();
  const { data } = useQuery({
    queryKey: ["channels", "choices"],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/channels", { params: { query: { limit: 200 } }, signal })),
    staleTime: 60_000,
    meta: { ownErrors: true },
    retry: false,
  });
  return useMemo(() => {
    const there = data?.items.map(({ type }) => type) ?? [];
    return [...new Set([...always, ...there])].map((value) => ({ value, label: name(value) }));
  }, [data, name]);
}
