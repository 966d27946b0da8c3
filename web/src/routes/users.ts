// /users
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const usersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/users",
  validateSearch: searchOf("q", "role", "active", "sort"),
  component: lazyRouteComponent(() => import("@/features/users"), "UsersPage"),
});
