// /status
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const statusRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/status",
  validateSearch: searchOf("tab"),
  component: lazyRouteComponent(() => import("@/features/status"), "StatusPage"),
});
