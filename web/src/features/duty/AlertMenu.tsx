// Whether this browser sounds and notifies; permission is asked by the click that turns it on.
import { Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { IconMenu } from "@/ui/IconMenu";
import { allowNotices, noticesPossible, useNoticeChoice, useSoundChoice } from "./choices";
import { chime } from "./sound";

export function AlertMenu() {
  const { t } = useTranslation("duty");
  const [sound, setSound] = useSoundChoice();
  const [notices, setNotices] = useNoticeChoice();
  const turnSound = () => {
    setSound(!sound);
    if (!sound) void chime();
  };
  const turnNotices = async () => {
    if (notices) return setNotices(false);
    const allowed = await allowNotices();
    setNotices(allowed);
    if (!allowed) notifications.show({ color: "yellow", message: t("notices.refused") });
  };
  const mark = (on: boolean) => (on ? <Icon name="check" size={14} /> : null);
  return (
    <IconMenu
      icon={sound || notices ? "bell" : "bellOff"}
      hint={t("alerts")}
      closeOnItemClick={false}
    >
      <Menu.Item
        role="menuitemcheckbox"
        aria-checked={sound}
        rightSection={mark(sound)}
        onClick={turnSound}
      >
        {t("sound")}
      </Menu.Item>
      {noticesPossible && (
        <Menu.Item
          role="menuitemcheckbox"
          aria-checked={notices}
          rightSection={mark(notices)}
          onClick={turnNotices}
        >
          {t("notices.label")}
        </Menu.Item>
      )}
    </IconMenu>
  );
}
