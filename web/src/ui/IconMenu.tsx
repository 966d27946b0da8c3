// A menu behind an icon; the icon's word gives way to the menu once it is open.
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Icon, type IconName } from "./Icon";

type Props = {
  icon: IconName;
  /** Shown at the icon. */
  hint: string;
  /** Read to those who do not see it, where it says more. */
  label?: string;
  closeOnItemClick?: boolean;
  disabled?: boolean;
  children: ReactNode;
};

export function IconMenu({
  icon,
  hint,
  label = hint,
  closeOnItemClick,
  disabled,
  children,
}: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <Menu opened={opened} onChange={setOpened} closeOnItemClick={closeOnItemClick}>
      <Menu.Target>
        <Tooltip label={hint} disabled={opened}>
          <ActionIcon size={32} aria-label={label} disabled={disabled}>
            <Icon name={icon} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
