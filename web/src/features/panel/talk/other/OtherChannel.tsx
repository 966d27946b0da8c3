// Beside Retry at a message that did not arrive: the same words by another channel of the client.
import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { Icon } from "@/ui/Icon";
import { NewChatDialog } from "../../outbound/NewChatDialog";
import { type Addressee, useMayBegin } from "../../outbound/queries";
import type { Message } from "../../types";
import { useDeeds } from "../deeds";
import { useOtherChannels } from "./useOtherChannels";

export function OtherChannel({ message }: { message: Message }) {
  return useMayBegin() ? <Choice message={message} /> : null;
}

function Choice({ message }: { message: Message }) {
  const { t } = useTranslation("panelOther");
  const [opened, setOpened] = useState(false);
  const [to, setTo] = useState<Addressee>();
  return (
    <>
      <Menu opened={opened} onChange={setOpened}>
        <Menu.Target>
          <Button size="compact-xs" variant="default">
            {t("open")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>{opened && <Channels onChoose={setTo} />}</Menu.Dropdown>
      </Menu>
      <NewChatDialog
        opened={to !== undefined}
        to={to}
        text={message.text}
        onClose={() => setTo(undefined)}
      />
    </>
  );
}

function Channels({ onChoose }: { onChoose: (one: Addressee) => void }) {
  const { t } = useTranslation("panelOther");
  const channelName = useChannelName();
  const { others, isPending } = useOtherChannels(useDeeds().details);
  if (others.length === 0) {
    return <Menu.Label>{t(isPending ? "looking" : "none")}</Menu.Label>;
  }
  return others.map((one) => (
    <Menu.Item
      key={one.contact_id}
      leftSection={<Icon name="message" />}
      disabled={one.refusal !== null}
      onClick={() => onChoose(one)}
    >
      {t("place", { channel: channelName(one.channel), chat: one.username || one.chat_id })}
    </Menu.Item>
  ));
}
