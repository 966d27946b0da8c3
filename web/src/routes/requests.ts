// /request-log
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const requestsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/request-log",
  validateSearch: searchOf(
    "direction",
    "source",
    "status",
    "bot_id",
    "key_id",
    "path",
    "period",
    "from",
    "to",
    "id",
  ),
  component: lazyRouteComponent(() => import("@/features/requests"), "RequestsPage"),
});
