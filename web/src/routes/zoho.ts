// /integrations/zoho
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const zohoRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/integrations/zoho",
  validateSearch: searchOf("grant"),
  component: lazyRouteComponent(() => import("@/features/zoho"), "ZohoPage"),
});
