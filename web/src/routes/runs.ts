// /runs
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const runsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/runs",
  validateSearch: searchOf("bot_id", "status", "source", "key_id"),
  component: lazyRouteComponent(() => import("@/features/runs"), "RunsPage"),
});
