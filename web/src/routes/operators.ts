// /operator_panel/team, and the settings of skill groups and statuses
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const teamRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/operator_panel/team",
  validateSearch: searchOf("q", "presence", "group", "sort"),
  component: lazyRouteComponent(() => import("@/features/operators"), "TeamPage"),
});

export const skillGroupsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings-page/op-settings/skill-groups",
  validateSearch: searchOf("q"),
  component: lazyRouteComponent(() => import("@/features/operators"), "SkillGroupsPage"),
});

export const statusesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings-page/op-settings/statuses",
  component: lazyRouteComponent(() => import("@/features/operators"), "StatusesPage"),
});
