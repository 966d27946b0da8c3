// /profile
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "./root";

export const profileRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/profile",
  component: lazyRouteComponent(() => import("@/features/profile"), "ProfilePage"),
});
