// /integrations/crm-widget
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

const CrmWidgetPage = lazyRouteComponent(() => import("@/features/embed"), "CrmWidgetPage");

export const crmWidgetRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/integrations/crm-widget",
  validateSearch: searchOf("test"),
  component: function CrmWidget() {
    return <CrmWidgetPage tried={Boolean(crmWidgetRoute.useSearch().test)} />;
  },
});
