// The button above the list that begins a chat with a client.
import { ActionIcon, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { NewChatDialog } from "./NewChatDialog";
import { useMayBegin } from "./queries";

export function NewChat() {
  const { t } = useTranslation("panelOutbound");
  const [opened, setOpened] = useState(false);
  if (!useMayBegin()) return null;
  return (
    <>
      <Tooltip label={t("open")} disabled={opened}>
        <ActionIcon size={32} aria-label={t("open")} onClick={() => setOpened(true)}>
          <Icon name="plus" />
        </ActionIcon>
      </Tooltip>
      <NewChatDialog opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
