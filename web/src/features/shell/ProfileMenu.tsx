// The signed-in person: profile, language, theme, sign out.
import {
  type MantineColorScheme,
  Menu,
  SegmentedControl,
  UnstyledButton,
  useMantineColorScheme,
} from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { LanguageSwitch, useMe, useSaveLanguage, useSignOut } from "@/features/session";
import { Face } from "@/ui/Face";
import { Icon } from "@/ui/Icon";
import classes from "./Sidebar.module.css";

export function ThemeSwitch() {
  const { t } = useTranslation("shell");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("theme.label")}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)}
      data={[
        { value: "light", label: t("theme.light") },
        { value: "dark", label: t("theme.dark") },
        { value: "auto", label: t("theme.auto") },
      ]}
    />
  );
}

export function ProfileMenu({ folded }: { folded: boolean }) {
  const { t } = useTranslation("shell");
  const me = useMe();
  const signOut = useSignOut();
  const saveLanguage = useSaveLanguage();
  if (!me) return null;
  const name = `${me.first_name} ${me.last_name}`.trim() || me.email;
  return (
    <Menu position="right-end" width={260} closeOnItemClick>
      <Menu.Target>
        <UnstyledButton
          className={classes.item}
          aria-label={folded ? t("profileOf", { name }) : undefined}
        >
          <Face name={name} picture={me.picture} size={24} staff />
          {!folded && (
            <span className={classes.who}>
              <span>{name}</span>
              <span className={classes.email}>{me.email}</span>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("languageLabel")}</Menu.Label>
        <div style={{ padding: "0 10px 8px" }}>
          <LanguageSwitch onChosen={saveLanguage} />
        </div>
        <Menu.Label>{t("theme.label")}</Menu.Label>
        <div style={{ padding: "0 10px 8px" }}>
          <ThemeSwitch />
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="user" />}
          renderRoot={(props) => <Link to="/profile" {...props} />}
        >
          {t("profile")}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="logout" />} onClick={signOut}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
