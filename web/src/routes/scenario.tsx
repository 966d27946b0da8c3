// /dialog/bot-scenario/$id
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { searchOf, useUrlFilters } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

const ScenarioPage = lazyRouteComponent(() => import("@/features/scenario"), "ScenarioPage");

export const scenarioRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/dialog/bot-scenario/$id",
  validateSearch: searchOf("tab", "section", "node", "version"),
  component: function Scenario() {
    const [search, setSearch] = useUrlFilters<"tab" | "section" | "node" | "version">();
    const { id } = scenarioRoute.useParams();
    return <ScenarioPage key={id} botId={Number(id)} search={search} onSearch={setSearch} />;
  },
});
