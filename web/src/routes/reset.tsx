// /reset/$token
import { createRoute } from "@tanstack/react-router";
import { ResetPage } from "@/features/session";
import { rootRoute } from "./root";

export const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reset/$token",
  component: function Reset() {
    return <ResetPage token={resetRoute.useParams().token} />;
  },
});
