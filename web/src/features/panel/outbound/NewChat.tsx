// The button that begins a chat with a client, and its dialog.
import { ActionIcon, Modal, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { Icon } from "@/ui/Icon";
import { NewChatForm } from "./NewChatForm";

export function NewChat() {
  const { t } = useTranslation(["panelOutbound", "ui"]);
  const may = useCan()("requests.outbound");
  const [opened, setOpened] = useState(false);
  if (!may) return null;
  const close = () => setOpened(false);
  return (
    <>
      <Tooltip label={t("panelOutbound:open")}>
        <ActionIcon size={32} aria-label={t("panelOutbound:open")} onClick={() => setOpened(true)}>
          <Icon name="plus" />
        </ActionIcon>
      </Tooltip>
      <Modal
        opened={opened}
        onClose={close}
        title={t("panelOutbound:title")}
        closeButtonProps={{ "aria-label": t("ui:close") }}
      >
        <NewChatForm onDone={close} />
      </Modal>
    </>
  );
}
