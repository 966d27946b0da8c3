// /integrations/crm-widget
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "./root";

export const crmWidgetRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/integrations/crm-widget",
  component: lazyRouteComponent(() => import("@/features/embed"), "CrmWidgetPage"),
});
