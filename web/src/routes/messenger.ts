// /messenger
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const messengerRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/messenger",
  validateSearch: searchOf("bot_id", "chat", "language"),
  component: lazyRouteComponent(() => import("@/features/messenger"), "MessengerPage"),
});
