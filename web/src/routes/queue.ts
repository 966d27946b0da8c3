// /operator_panel/queue_status
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "./root";

export const queueRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/operator_panel/queue_status",
  component: lazyRouteComponent(() => import("@/features/queue"), "QueuePage"),
});
