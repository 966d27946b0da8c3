// /settings-page/op-settings leads to the first of its pages that the user may see.
import { createRoute, redirect } from "@tanstack/react-router";
import { meQuery } from "@/features/session";
import { opSettingsPages } from "@/features/shell";
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
