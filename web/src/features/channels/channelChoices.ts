// Channels for a field of a form: the one that everyone has, and those that are connected here.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, send } from "@/api/client";
import { useChannelName } from "./channelName";

const always = ["custom_channel"];

/** `named`: those that stand in the form already stay, though no bot has them any more. */
export function useChannelChoices(named: string[] = []): { value: string; label: string }[] {
  const name = useChannelName();
  const { data } = useQuery({
    queryKey: ["channels", "choices"],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/channels", { params: { query: { limit: 200 } }, signal })),
    staleTime: 60_000,
    meta: { ownErrors: true },
    retry: false,
  });
  const kept = named.join(" ");
  return useMemo(() => {
    const there = data?.items.map(({ type }) => type) ?? [];
    const all = new Set([...always, ...there, ...kept.split(" ").filter(Boolean)]);
    return [...all].map((value) => ({ value, label: name(value) }));
  }, [data, name, kept]);
}
