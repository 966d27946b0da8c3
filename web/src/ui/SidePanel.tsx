// Details beside a list: slides in from the right, whole screen on a phone.
import { Drawer, type DrawerProps } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./SidePanel.module.css";

type Props = {
  opened: boolean;
  title: ReactNode;
  onClose: () => void;
  /** Stays below the scrolling content: the form's buttons. */
  footer?: ReactNode;
  size?: DrawerProps["size"];
  children: ReactNode;
};

export function SidePanel({ opened, title, onClose, footer, size = 480, children }: Props) {
  const { t } = useTranslation("ui");
  const narrow = useMediaQuery("(max-width: 600px)");
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      size={narrow ? "100%" : size}
      classNames={{ content: classes.content, body: classes.body, title: classes.title }}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <div className={classes.scroll}>{children}</div>
      {footer && <div className={classes.footer}>{footer}</div>}
    </Drawer>
  );
}
