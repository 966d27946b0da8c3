// How the right side comes up: as the instance has it, until a person chooses for himself.
import { useLocalStorage } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import type { components } from "@/api/schema";

type Rules = components["schemas"]["SideRules"];
export type Mode = Rules["mode"];
export type Tab = Rules["tab"];
export const modes: readonly Mode[] = ["pinned", "opens", "closed"];
const unchanged: Rules = { mode: "pinned", tab: "details" };

function useRules(): Rules {
  const { data } = useQuery({
    queryKey: ["panel", "side"],
    queryFn: ({ signal }) => send(api.GET("/api/v1/settings/op/side", { signal })),
  });
  return data ?? unchanged;
}

/** One's own mode in this browser, null: as for everyone; and the one that holds. */
export function useSideMode() {
  const [own, choose] = useLocalStorage<Mode | null>({
    key: "connective.panel.side.mode",
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const { mode } = useRules();
  return { own, choose, mode: own ?? mode };
}

export function useSideTab(): [Tab, (tab: Tab) => void] {
  const [own, choose] = useLocalStorage<Tab | null>({
    key: "connective.panel.side.tab",
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const { tab } = useRules();
  return [own ?? tab, choose];
}
