// /dialogs, /dialogs/$id, /runs/$id
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

const DialogPage = lazyRouteComponent(() => import("@/features/dialogs"), "DialogPage");
const RunPage = lazyRouteComponent(() => import("@/features/dialogs"), "RunPage");

export const dialogsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/dialogs",
  validateSearch: searchOf("bot_id", "waiting", "q", "utm_source", "utm_campaign"),
  component: lazyRouteComponent(() => import("@/features/dialogs"), "DialogsPage"),
});

export const dialogRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/dialogs/$id",
  component: function Dialog() {
    const { id } = dialogRoute.useParams();
    return <DialogPage key={id} id={Number(id)} />;
  },
});

export const runRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/runs/$id",
  component: function Run() {
    const { id } = runRoute.useParams();
    return <RunPage key={id} id={Number(id)} />;
  },
});
