// /webhooks
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const webhooksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/webhooks",
  validateSearch: searchOf("view"),
  component: lazyRouteComponent(() => import("@/features/webhooks"), "WebhooksPage"),
});
