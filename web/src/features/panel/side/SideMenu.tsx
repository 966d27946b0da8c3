// One's own choice of how the right side comes up; it goes before everybody's.
import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { IconMenu } from "@/ui/IconMenu";
import { modes, useSideMode } from "../data/side";

export function SideMenu() {
  const { t } = useTranslation("opSettings");
  const { own, choose } = useSideMode();
  return (
    <IconMenu icon="pin" hint={t("side.own")}>
      {([null, ...modes] as const).map((mode) => (
        <Menu.Item
          key={mode}
          role="menuitemradio"
          aria-checked={own === mode}
          rightSection={own === mode && <Icon name="check" size={14} />}
          onClick={() => choose(mode)}
        >
          {t(`side.modes.${mode ?? "everyone"}`)}
        </Menu.Item>
      ))}
    </IconMenu>
  );
}
