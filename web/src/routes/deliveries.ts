// /deliveries
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const deliveriesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/deliveries",
  validateSearch: searchOf(
    "endpoint",
    "kind",
    "bot_id",
    "status",
    "event",
    "chat_id",
    "q",
    "period",
    "from",
    "to",
    "id",
  ),
  component: lazyRouteComponent(() => import("@/features/deliveries"), "DeliveriesPage"),
});
