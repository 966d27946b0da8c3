// The frame of the settings of chats: the pages that may be seen as tabs above each of them.
import { useViewportSize } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { type ComponentProps, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { Page } from "@/ui/page/Page";
import { opSettingsPages } from "./nav";
import classes from "./OpSettings.module.css";

export function OpSettingsPage(props: ComponentProps<typeof Page>) {
  return <Page {...props} tabs={<Tabs />} />;
}

function Tabs() {
  const { t } = useTranslation("shell");
  const can = useCan();
  const row = useRef<HTMLElement>(null);
  const { width } = useViewportSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a narrower screen another part is shown
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (row.current && current) row.current.scrollLeft = current.offsetLeft - 24;
  }, [width]);
  return (
    <nav className={classes.tabs} aria-label={t("nav.opSettings")} ref={row}>
      {opSettingsPages
        .filter(({ permission }) => can(permission))
        .map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            className={classes.tab}
            activeProps={{ "data-active": true, "aria-current": "page" }}
          >
            {t(`nav.${label}`)}
          </Link>
        ))}
    </nav>
  );
}
