// /webhooks
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "./root";

export const webhooksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/webhooks",
  component: lazyRouteComponent(() => import("@/features/webhooks"), "WebhooksPage"),
});
