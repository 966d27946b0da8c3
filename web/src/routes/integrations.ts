// /integrations
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const integrationsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/integrations",
  validateSearch: searchOf("purpose"),
  component: lazyRouteComponent(() => import("@/features/integrations"), "IntegrationsPage"),
});
