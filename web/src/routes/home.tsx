// / leads to the first page that the user may see.
import { createRoute, redirect } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { meQuery } from "@/features/session";
import { visibleGroups } from "@/features/shell";
import { EmptyState } from "@/ui/feedback/States";
import { appRoute } from "./root";

export const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/",
  beforeLoad: async ({ context }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    const can = (permission: string) => me.is_root || me.permissions.includes(permission);
    const first = visibleGroups(can)[0]?.items[0];
    if (first) throw redirect({ to: first.to, replace: true });
  },
  component: function Home() {
    const { t } = useTranslation("shell");
    return (
      <EmptyState icon="lock" title={t("nothingForYou.title")} text={t("nothingForYou.text")} />
    );
  },
});
