// Every address of the app in one tree.
import { createRouter } from "@tanstack/react-router";
import { queryClient } from "@/api/query";
import { RouteError } from "@/ui/feedback/ErrorBoundary";
import { LoadingLines } from "@/ui/feedback/States";
import { homeRoute } from "./home";
import { loginRoute } from "./login";
import { appRoute, rootRoute } from "./root";

const routeTree = rootRoute.addChildren([loginRoute, appRoute.addChildren([homeRoute])]);

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: "intent",
  defaultErrorComponent: RouteError,
  defaultPendingComponent: () => <LoadingLines />,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
