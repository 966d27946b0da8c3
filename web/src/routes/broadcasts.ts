// /broadcasts/templates
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const broadcastTemplatesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/broadcasts/templates",
  validateSearch: searchOf("view", "q", "active", "phone", "template", "test"),
  component: lazyRouteComponent(() => import("@/features/broadcasts"), "TemplatesPage"),
});
