// /operator_panel/requests and /operator_panel/requests/$number: one page, the list stays.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

const PanelPage = lazyRouteComponent(() => import("@/features/panel"), "PanelPage");

const folders = ["my", "unassigned", "queue", "bot", "closed", "all"] as const;
const sorts = ["last_message_at", "waiting", "created_at"] as const;

function oneOf<T extends string>(known: readonly T[], word: unknown): T | undefined {
  return known.find((one) => one === word);
}

const search = searchOf("folder", "sort", "q", "assignee_id");

export const panelRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/operator_panel/requests/{-$number}",
  validateSearch: (raw: Record<string, unknown>) => {
    const { folder, sort, q, assignee_id } = search(raw);
    const known = { folder: oneOf(folders, folder), sort: oneOf(sorts, sort), q, assignee_id };
    return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as {
      folder?: (typeof folders)[number];
      sort?: (typeof sorts)[number];
      q?: string;
      assignee_id?: string;
    };
  },
  component: function Panel() {
    const { number } = panelRoute.useParams();
    const { folder = "my", sort = "last_message_at", q, assignee_id } = panelRoute.useSearch();
    const assignee = Number(assignee_id) || undefined;
    return (
      <PanelPage
        number={number === undefined ? undefined : Number(number)}
        place={{ folder, sort, q, assignee }}
      />
    );
  },
});
