// The frame around every page: menu, content, and what is reachable from anywhere.
import { ActionIcon, Drawer } from "@mantine/core";
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useHotKeysInForce } from "@/features/hotKeys";
import { NoticeToasts } from "@/features/notices";
import { SessionDialog } from "@/features/session";
import { ErrorBoundary } from "@/ui/feedback/ErrorBoundary";
import { OfflineBanner } from "@/ui/feedback/OfflineBanner";
import { Icon } from "@/ui/Icon";
import { KeyHelp } from "@/ui/keys/KeyHint";
import { useHotkey } from "@/ui/keys/useHotkey";
import { Logo } from "@/ui/Logo";
import { Palette } from "./Palette";
import classes from "./Shell.module.css";
import { Sidebar } from "./Sidebar";

/** In the panel another request is no other page: its list stays. */
function frameOf(path: string): string {
  const panel = "/operator_panel/requests";
  return path.startsWith(panel) ? panel : path;
}

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation(["shell", "ui"]);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const narrow = useMediaQuery("(max-width: 767px)", undefined, { getInitialValueInEffect: false });
  const [menuOpen, setMenuOpen] = useState(false);
  const [paletteOpen, setPaletteOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const middle = useMediaQuery("(max-width: 1023px)", undefined, {
    getInitialValueInEffect: false,
  });
  const [chosen, setFolded] = useLocalStorage<boolean | null>({
    key: "connective.sidebar.folded",
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const folded = chosen ?? Boolean(middle);
  useHotKeysInForce();
  useHotkey("search", t("ui:keys.palette"), () => setPaletteOpen(true));
  useHotkey("sidebar", t("ui:keys.sidebar"), () => setFolded(!folded));

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page starts at its top
  useEffect(() => {
    setMenuOpen(false);
    main.current?.scrollTo(0, 0);
  }, [path]);

  const search = () => {
    setMenuOpen(false);
    setPaletteOpen(true);
  };

  return (
    <div className={classes.shell} data-folded={folded || undefined}>
      <a href="#content" className={classes.skip}>
        {t("skip")}
      </a>
      {narrow ? (
        <header className={classes.topbar}>
          <ActionIcon
            size={40}
            aria-label={t("menu")}
            aria-expanded={menuOpen}
            onClick={() => setMenuOpen(true)}
          >
            <Icon name="menu" size={20} />
          </ActionIcon>
          <Logo />
          <ActionIcon size={40} aria-label={t("goTo")} onClick={search}>
            <Icon name="search" size={18} />
          </ActionIcon>
        </header>
      ) : (
        <Sidebar folded={folded} onFold={() => setFolded(!folded)} onSearch={search} />
      )}
      <Drawer
        opened={Boolean(narrow) && menuOpen}
        onClose={() => setMenuOpen(false)}
        position="left"
        size={272}
        padding={0}
        withCloseButton={false}
        attributes={{ content: { "aria-label": t("menu") } }}
        classNames={{ body: classes.drawerBody, content: classes.drawerContent }}
      >
        <Sidebar folded={false} onSearch={search} />
      </Drawer>
      <div className={classes.content}>
        <OfflineBanner />
        <main id="content" ref={main} className={classes.main} tabIndex={-1}>
          <ErrorBoundary key={frameOf(path)}>{children}</ErrorBoundary>
        </main>
      </div>
      <Palette opened={paletteOpen} onClose={() => setPaletteOpen(false)} />
      <KeyHelp />
      <NoticeToasts />
      <SessionDialog />
    </div>
  );
}
