// /integrations/esputnik
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const esputnikRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/integrations/esputnik",
  validateSearch: searchOf("bot"),
  component: lazyRouteComponent(() => import("@/features/esputnik"), "EsputnikPage"),
});
