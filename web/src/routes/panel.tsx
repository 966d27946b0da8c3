// /operator_panel/requests and /operator_panel/requests/$number: one page, the list stays.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { panelSearch } from "./panelSearch";
import { appRoute } from "./root";

const PanelPage = lazyRouteComponent(() => import("@/features/panel"), "PanelPage");

export const panelRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/operator_panel/requests/{-$number}",
  validateSearch: panelSearch,
  component: function Panel() {
    const { number } = panelRoute.useParams();
    const {
      folder = "my",
      sort = "last_message_at",
      assignee_id,
      ...narrowed
    } = panelRoute.useSearch();
    const assignee = Number(assignee_id) || undefined;
    return (
      <PanelPage
        number={number === undefined ? undefined : Number(number)}
        place={{ folder, sort, assignee, ...narrowed }}
      />
    );
  },
});
