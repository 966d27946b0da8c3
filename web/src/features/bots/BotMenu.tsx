// What can be done with a bot from its row in the list.
import { Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { Icon, type IconName } from "@/ui/Icon";
import { RowMenu } from "@/ui/RowMenu";
import { type BotListed, exportBot } from "./queries";

type Ask = (bot: BotListed) => void;
type Props = { bot: BotListed; onCopy: Ask; onArchive: Ask };

export function BotMenu({ bot, onCopy, onArchive }: Props) {
  const { t } = useTranslation(["bots", "botOperators"]);
  const can = useCan();
  const tab = (name: string | undefined, icon: IconName, label: string) => (
    <Menu.Item
      leftSection={<Icon name={icon} />}
      renderRoot={(props) => (
        <Link to="/bots/$id" params={{ id: String(bot.id) }} search={{ tab: name }} {...props} />
      )}
    >
      {label}
    </Menu.Item>
  );
  return (
    <RowMenu name={bot.name}>
      {tab(undefined, "settings", t("tabs.settings"))}
      {can("channels.view") && tab("channels", "link", t("tabs.channels"))}
      {can("scenarios.view") && (
        <Menu.Item
          leftSection={<Icon name="flow" />}
          renderRoot={(props) => (
            <Link to="/dialog/bot-scenario/$id" params={{ id: String(bot.id) }} {...props} />
          )}
        >
          {t("scenario")}
        </Menu.Item>
      )}
      {can("messenger.use") && (
        <Menu.Item
          leftSection={<Icon name="phone" />}
          renderRoot={(props) => (
            <Link to="/messenger" search={{ bot_id: String(bot.id) }} {...props} />
          )}
        >
          {t("tryIt")}
        </Menu.Item>
      )}
      {can("scenarios.view") && can("bots.edit") && (
        <Menu.Item leftSection={<Icon name="copy" />} onClick={() => onCopy(bot)}>
          {t("copy.open")}
        </Menu.Item>
      )}
      {can("scenarios.view") && (
        <Menu.Item leftSection={<Icon name="arrowDown" />} onClick={() => void exportBot(bot)}>
          {t("export")}
        </Menu.Item>
      )}
      {can("bots.delete") && (
        <>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Icon name="trash" />} onClick={() => onArchive(bot)}>
            {t("archive.action")}
          </Menu.Item>
        </>
      )}
    </RowMenu>
  );
}
