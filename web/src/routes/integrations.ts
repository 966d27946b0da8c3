// /integrations, /integrations/try-request
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const integrationsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/integrations",
  validateSearch: searchOf("purpose"),
  component: lazyRouteComponent(() => import("@/features/integrations"), "IntegrationsPage"),
});

export const tryRequestRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/integrations/try-request",
  component: lazyRouteComponent(() => import("@/features/tryRequest"), "TryRequestPage"),
});
