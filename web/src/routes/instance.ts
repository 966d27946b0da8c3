// /settings-page/instance
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "./root";

export const instanceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings-page/instance",
  component: lazyRouteComponent(() => import("@/features/instance"), "InstancePage"),
});
