// /integrations/agents
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "./root";

export const agentsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/integrations/agents",
  component: lazyRouteComponent(() => import("@/features/agents"), "AgentsPage"),
});
