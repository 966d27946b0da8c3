// The further actions of one row, behind three dots.
import { ActionIcon, Menu } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";

/** `name` says whose menu it is; the children are Menu.Item elements. */
export function RowMenu({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Menu width={220}>
      <Menu.Target>
        <ActionIcon aria-label={t("rowMenu", { name })}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
