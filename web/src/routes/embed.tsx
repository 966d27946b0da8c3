// The panel within other sites: the same addresses, kept to the frame, so that its own stays.
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
} from "@tanstack/react-router";
import { EmbedFrame } from "@/features/embed";
import { panelSearch } from "./panelSearch";
import { plainWords } from "./plainWords";

const frameRoute = createRootRoute({ component: Outlet });

const requestsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/operator_panel/requests/{-$number}",
  validateSearch: panelSearch,
  component: function Requests() {
    const { number } = requestsRoute.useParams();
    const { folder = "my", sort = "last_message_at", q, assignee_id } = requestsRoute.useSearch();
    return (
      <EmbedFrame
        number={number === undefined ? undefined : Number(number)}
        place={{ folder, sort, q, assignee: Number(assignee_id) || undefined }}
      />
    );
  },
});

export const embedRouter = createRouter({
  routeTree: frameRoute.addChildren([requestsRoute]),
  history: createMemoryHistory({ initialEntries: ["/operator_panel/requests"] }),
  ...plainWords,
  scrollRestoration: false,
});
