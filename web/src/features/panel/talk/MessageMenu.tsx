// What can be done with one message; what its channel cannot do is named and says so.
import { ActionIcon, Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { useFormat } from "@/i18n/format";
import { Icon, type IconName } from "@/ui/Icon";
import { type Deed, offersFor } from "../logic/corrections";
import type { Message } from "../types";
import { useDeeds } from "./deeds";
import classes from "./Talk.module.css";

const icons: Record<Deed, IconName> = {
  reply: "undo",
  forward: "redo",
  edit: "edit",
  delete: "trash",
};

type Props = {
  message: Message;
  /** Of all menus of a conversation one is reached by Tab, the others by arrows from there. */
  isTabStop: boolean;
};

export function MessageMenu({ message, isTabStop }: Props) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const format = useFormat();
  const channelName = useChannelName();
  const { details, me, forwards, reply, forward, edit, remove } = useDeeds();
  const offers = offersFor(message, details, me, forwards);
  if (offers.length === 0) return null;
  const run = { reply, forward, edit, delete: remove };
  const channel = channelName(details.request.channel);
  return (
    <Menu width={240} position="bottom-start">
      <Menu.Target>
        <ActionIcon
          size={24}
          data-message-menu
          tabIndex={isTabStop ? 0 : -1}
          aria-label={t("panelTalk:message.menu", { at: format.time(message.created_at) })}
        >
          <Icon name="dots" size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {offers.map(({ deed, cannot }) => (
          <Menu.Item
            key={deed}
            leftSection={<Icon name={icons[deed]} />}
            color={deed === "delete" ? "red" : undefined}
            disabled={cannot}
            onClick={() => run[deed](message)}
          >
            {t(`panelTalk:message.${deed}`)}
            {cannot && (
              <small className={classes.cannot}>
                {t(`panelTalk:message.cannot.${deed as "edit"}`, { channel })}
              </small>
            )}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
