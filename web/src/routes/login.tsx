// /login
import { createRoute } from "@tanstack/react-router";
import { LoginPage } from "@/features/session";
import { searchOf } from "@/ui/filters/useUrlFilters";
import { rootRoute } from "./root";

export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: searchOf("next"),
  component: function Login() {
    return <LoginPage next={loginRoute.useSearch().next} />;
  },
});
