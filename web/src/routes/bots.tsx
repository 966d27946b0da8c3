// /bots, /bots/$id, and the older addresses that lead there
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { searchOf, useUrlFilters } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

const BotPage = lazyRouteComponent(() => import("@/features/bots"), "BotPage");

export const botsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/bots",
  validateSearch: searchOf("q", "active", "group_id", "view", "sort"),
  component: lazyRouteComponent(() => import("@/features/bots"), "BotsPage"),
});

export const botRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/bots/$id",
  validateSearch: searchOf("tab"),
  component: function Bot() {
    const [{ tab = "settings" }, setSearch] = useUrlFilters<"tab">();
    return (
      <BotPage
        id={Number(botRoute.useParams().id)}
        tab={tab}
        onTab={(next) => setSearch({ tab: next })}
      />
    );
  },
});

const toBots = () => {
  throw redirect({ to: "/bots", replace: true });
};

export const olderBotRoutes = ["/settings/bots", "/settings-page/bots"].map((path) =>
  createRoute({ getParentRoute: () => appRoute, path, beforeLoad: toBots }),
);
