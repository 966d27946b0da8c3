// The menu by permission, the search for pages, help and the profile.
import { ActionIcon, Kbd, Tooltip, UnstyledButton } from "@mantine/core";
import { Link, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { OperatorCorner } from "@/features/duty";
import { NoticeBell } from "@/features/notices";
import { useCan } from "@/features/session";
import { Icon } from "@/ui/Icon";
import { useKeysOf } from "@/ui/keys/bindings";
import { keyNames } from "@/ui/keys/hotkeys";
import { Logo } from "@/ui/Logo";
import { HelpMenu } from "./HelpMenu";
import { type NavItem, visibleGroups } from "./nav";
import { ProfileMenu } from "./ProfileMenu";
import classes from "./Sidebar.module.css";

type Props = { folded: boolean; onFold?: () => void; onSearch: () => void };

export function Sidebar({ folded, onFold, onSearch }: Props) {
  const { t } = useTranslation("shell");
  const can = useCan();
  const keys = useKeysOf("search");
  return (
    <aside className={classes.sidebar} data-folded={folded || undefined}>
      <div className={classes.top}>
        {!folded && (
          <Link to="/" className={classes.home} aria-label={t("home")}>
            <Logo />
          </Link>
        )}
        {onFold && (
          <Tooltip label={folded ? t("unfold") : t("fold")} position="right">
            <ActionIcon aria-label={folded ? t("unfold") : t("fold")} onClick={onFold}>
              <Icon name="sidebar" />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <Tooltip label={t("goTo")} position="right" disabled={!folded}>
        <UnstyledButton
          className={classes.search}
          onClick={onSearch}
          aria-label={folded ? t("goTo") : undefined}
        >
          <Icon name="search" size={14} />
          {!folded && <span className={classes.grow}>{t("goToShort")}</span>}
          {!folded && keys && <Kbd size="xs">{keyNames(keys).join(" ")}</Kbd>}
        </UnstyledButton>
      </Tooltip>
      <nav className={classes.nav} aria-label={t("menu")}>
        {visibleGroups(can).map((group) => (
          <div key={group.label} className={classes.group}>
            {!folded && <div className={classes.groupLabel}>{t(`groups.${group.label}`)}</div>}
            {group.items.map((item) => (
              <NavLink key={item.to} item={item} folded={folded} />
            ))}
          </div>
        ))}
      </nav>
      <div className={classes.bottom}>
        <OperatorCorner folded={folded} />
        <NoticeBell folded={folded} />
        <HelpMenu folded={folded} />
        <ProfileMenu folded={folded} />
      </div>
    </aside>
  );
}

function NavLink({ item, folded }: { item: NavItem; folded: boolean }) {
  const { t } = useTranslation("shell");
  const label = t(`nav.${item.label}`);
  const inside = useRouterState({
    select: ({ location }) => Boolean(item.also && location.pathname.startsWith(item.also)),
  });
  return (
    <Tooltip label={label} position="right" disabled={!folded}>
      <Link
        to={item.to}
        className={classes.link}
        data-active={inside || undefined}
        activeProps={{ "data-active": true, "aria-current": "page" }}
        aria-label={folded ? label : undefined}
      >
        <Icon name={item.icon} />
        {!folded && label}
      </Link>
    </Tooltip>
  );
}
