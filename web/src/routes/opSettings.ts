// /settings-page/op-settings leads to the first of its pages that the user may see.
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { meQuery } from "@/features/session";
import { opSettingsPages } from "@/features/shell";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { appRoute } from "./root";

export const opSettingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings-page/op-settings",
  beforeLoad: async ({ context }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    const first = opSettingsPages.find(
      ({ permission }) => me.is_root || me.permissions.includes(permission),
    );
    throw redirect({ to: first?.to ?? "/", replace: true });
  },
});

export const operatorsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings-page/op-settings/operators",
  validateSearch: searchOf("q"),
  component: lazyRouteComponent(() => import("@/features/opSettings"), "OperatorsPage"),
});

export const distributionRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings-page/op-settings/distribution",
  component: lazyRouteComponent(() => import("@/features/opSettings"), "DistributionPage"),
});

export const timersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings-page/op-settings/timers",
  component: lazyRouteComponent(() => import("@/features/opSettings"), "TimersPage"),
});

export const closingRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings-page/op-settings/closing",
  component: lazyRouteComponent(() => import("@/features/opSettings"), "ClosingPage"),
});

export const hotKeysRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings-page/op-settings/hotkeys",
  component: lazyRouteComponent(() => import("@/features/opSettings"), "HotKeysPage"),
});
