// The settings of chats over the API.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, receive, send } from "@/api/client";
import type { components } from "@/api/schema";
import { useSaved, useStored } from "./stored";

type Schemas = components["schemas"];
export type Names = Schemas["OperatorNamesOut"];
export type NamesIn = Schemas["OperatorNames"];
export type Rules = Schemas["DistributionRules"];
export type RulesIn = Schemas["DistributionRulesIn"];
export type Method = Rules["method"];

export function useNames() {
  return useStored("operators", (signal) =>
    receive(api.GET("/api/v1/settings/op/operators", { signal })),
  );
}

export function useSaveNames(etag: string | null) {
  return useSaved("operators", etag, (body: NamesIn, headers) =>
    receive(api.PUT("/api/v1/settings/op/operators", { body, headers })),
  );
}

/** How one operator would be called, by channel, with settings that are not stored. */
export function usePreview(operator: number | null, settings: NamesIn) {
  return useQuery({
    queryKey: ["op-settings", "preview", operator, settings],
    queryFn: ({ signal }) =>
      send(
        api.POST("/api/v1/settings/op/operators/preview", {
          body: { operator_id: operator ?? 0, settings },
          signal,
        }),
      ),
    enabled: operator !== null,
    retry: false,
    placeholderData: keepPreviousData,
  });
}

export function useRules() {
  return useStored("distribution", (signal) =>
    receive(api.GET("/api/v1/settings/op/distribution", { signal })),
  );
}

export function useSaveRules(etag: string | null) {
  return useSaved("distribution", etag, (body: RulesIn, headers) =>
    receive(api.PUT("/api/v1/settings/op/distribution", { body, headers })),
  );
}

export type SideRules = Schemas["SideRules"];
type SideRulesIn = Schemas["SideRulesIn"];

export function useSideRules() {
  return useStored("side", (signal) => receive(api.GET("/api/v1/settings/op/side", { signal })));
}

export function useSaveSideRules(etag: string | null) {
  return useSaved("side", etag, (body: SideRulesIn, headers) =>
    receive(api.PUT("/api/v1/settings/op/side", { body, headers })),
  );
}

export type Quota = Schemas["QuotaRules"];
type QuotaIn = Schemas["QuotaRulesIn"];

export function useQuota() {
  return useStored("quota", (signal) => receive(api.GET("/api/v1/settings/op/quota", { signal })));
}

export function useSaveQuota(etag: string | null) {
  return useSaved("quota", etag, (body: QuotaIn, headers) =>
    receive(api.PUT("/api/v1/settings/op/quota", { body, headers })),
  );
}

export type TimerRules = Schemas["TimerRules"];
export type TimerRulesIn = Schemas["TimerRulesIn"];

export function useTimers() {
  return useStored("timers", (signal) =>
    receive(api.GET("/api/v1/settings/op/timers", { signal })),
  );
}

export function useSaveTimers(etag: string | null) {
  return useSaved("timers", etag, (body: TimerRulesIn, headers) =>
    receive(api.PUT("/api/v1/settings/op/timers", { body, headers })),
  );
}

export type ClosingRules = Schemas["ClosingRulesOut"];
export type ClosingRulesIn = Schemas["ClosingRules"];

export function useClosing() {
  return useStored("closing", (signal) =>
    receive(api.GET("/api/v1/settings/op/closing", { signal })),
  );
}

export function useSaveClosing(etag: string | null) {
  return useSaved("closing", etag, (body: ClosingRulesIn, headers) =>
    receive(api.PUT("/api/v1/settings/op/closing", { body, headers })),
  );
}

type HotKeysIn = Schemas["HotKeysIn"];

export function useHotKeys() {
  return useStored("hot-keys", (signal) =>
    receive(api.GET("/api/v1/settings/op/hot-keys", { signal })),
  );
}

export function useSaveHotKeys(etag: string | null) {
  return useSaved("hot-keys", etag, (body: HotKeysIn, headers) =>
    receive(api.PUT("/api/v1/settings/op/hot-keys", { body, headers })),
  );
}
