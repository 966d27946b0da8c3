// Where to read on: the guide, the API reference, the keys.
import { Menu, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import classes from "./Sidebar.module.css";

export function HelpMenu({ folded }: { folded: boolean }) {
  const { t } = useTranslation("shell");
  return (
    <Menu position="right-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.item} aria-label={t("help")}>
          <Icon name="help" />
          {!folded && t("help")}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href="/docs" target="_blank" leftSection={<Icon name="book" />}>
          {t("guide")}
        </Menu.Item>
        <Menu.Item
          component="a"
          href="/api-docs"
          target="_blank"
          leftSection={<Icon name="code" />}
        >
          {t("apiReference")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
