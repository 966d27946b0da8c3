// /keys
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const keysRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/keys",
  validateSearch: searchOf("bot_id"),
  component: lazyRouteComponent(() => import("@/features/keys"), "KeysPage"),
});
