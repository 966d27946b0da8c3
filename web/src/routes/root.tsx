// The root of all routes, and the layout of those that need a session.
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "@/api/problem";
import { meQuery, useMe } from "@/features/session";
import { Shell } from "@/features/shell";
import { NotFound } from "./NotFound";

const PasswordNeeded = lazyRouteComponent(() => import("@/features/profile"), "PasswordNeeded");
const SecondFactorNeeded = lazyRouteComponent(
  () => import("@/features/profile"),
  "SecondFactorNeeded",
);

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      throw redirect({ to: "/login", search: { next: location.href } });
    }
  },
  component: function App() {
    const me = useMe();
    // stays after the factor is on, until its recovery codes were seen
    const [settingUp, setSettingUp] = useState(false);
    if (me?.second_factor_needed && !settingUp) setSettingUp(true);
    const later = settingUp ? (
      <SecondFactorNeeded onDone={() => setSettingUp(false)} />
    ) : (
      <Outlet />
    );
    return <Shell>{me?.must_change_password ? <PasswordNeeded /> : later}</Shell>;
  },
});
