// /settings-page/op-settings/topics, /settings-page/op-settings/tags
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const topicsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings-page/op-settings/topics",
  validateSearch: searchOf("q", "active"),
  component: lazyRouteComponent(() => import("@/features/topics"), "TopicsPage"),
});

export const tagsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings-page/op-settings/tags",
  validateSearch: searchOf("q", "active"),
  component: lazyRouteComponent(() => import("@/features/topics"), "TagsPage"),
});
