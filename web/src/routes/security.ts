// /security
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "./root";

export const securityRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/security",
  component: lazyRouteComponent(() => import("@/features/security"), "SecurityPage"),
});
