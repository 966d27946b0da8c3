// /links, /subscriptions
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const linksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/links",
  validateSearch: searchOf("bot_id", "q"),
  component: lazyRouteComponent(() => import("@/features/links"), "LinksPage"),
});

export const subscriptionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/subscriptions",
  validateSearch: searchOf("external_id", "phone", "status", "channel"),
  component: lazyRouteComponent(() => import("@/features/subscriptions"), "SubscriptionsPage"),
});
