// The list of the panel at an address, with a server that answers from a table.
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { vi } from "vitest";
import { answer, newCache, show } from "@/testing/render";
import type { Request as Row } from "../../types";
import { ListColumn } from "../ListColumn";
import type { Place } from "../place";

const me = { id: 5, email: "olha@shop.example", language: "en", timezone: "UTC", is_root: true };
const counters = { my: 1, my_unread: 0, unassigned: 0, queue: null, with_bot: 0, all: 3 };

export type Call = { path: string; query: URLSearchParams; body: unknown };
type Answer = (call: Call) => Response | Promise<Response>;

/** A server whose list is `rows` by pages of fifty; `more` answers for other addresses. */
export function serve(rows: () => Row[], more: Record<string, Answer> = {}): Call[] {
  const calls: Call[] = [];
  const page: Answer = ({ query }) => {
    const from = Number(query.get("cursor") ?? 0);
    const to = from + Number(query.get("limit") ?? 50);
    const next_cursor = to < rows().length ? String(to) : null;
    return answer(200, { items: rows().slice(from, to), next_cursor });
  };
  const known: Record<string, Answer> = {
    "/api/v1/auth/me": () => answer(200, { ...me, permissions: [] }),
    "/api/v1/requests/counters": () => answer(200, counters),
    "/api/v1/requests": page,
    "/api/v1/operators": () => answer(200, { items: [], next_cursor: null }),
    ...more,
  };
  vi.stubGlobal("fetch", async (request: Request) => {
    const { pathname: path, searchParams: query } = new URL(request.url);
    const text = await request.text();
    const call = { path, query, body: text ? JSON.parse(text) : null };
    calls.push(call);
    return known[path]?.(call) ?? answer(404, { code: "not_found", detail: "Not found." });
  });
  return calls;
}

/** The panel's list; the address has the number of the opened request and the search. */
export async function openList(address = "/operator_panel/requests?folder=all") {
  const root = createRootRoute();
  const panel = createRoute({
    getParentRoute: () => root,
    path: "/operator_panel/requests/{-$number}",
    validateSearch: (search) => search,
    component: function Column() {
      const { number } = panel.useParams() as { number?: string };
      const search = panel.useSearch() as Partial<Place>;
      const place: Place = { folder: "all", sort: "last_message_at", ...search };
      return (
        <ListColumn
          place={place}
          number={number === undefined ? undefined : Number(number)}
          onShown={() => undefined}
        />
      );
    },
  });
  const router = createRouter({
    routeTree: root.addChildren([panel]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  const cache = newCache();
  await show(<RouterProvider router={router as never} />, "en", cache);
  return { router, cache };
}
