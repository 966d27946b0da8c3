// /secrets
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "./root";

export const secretsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/secrets",
  component: lazyRouteComponent(() => import("@/features/secrets"), "SecretsPage"),
});
