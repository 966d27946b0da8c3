// What AI agents are offered, over the API.
import { useQuery } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Tool = Schemas["ToolShown"];
export type Scenario = Schemas["ScenarioShown"];

export function useAgents() {
  return useQuery({
    queryKey: ["agents"],
    queryFn: ({ signal }) => send(api.GET("/api/v1/agents", { signal })),
  });
}
