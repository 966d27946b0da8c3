// The button that begins a chat with a client, and its dialog.
import { ActionIcon, Modal, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { Icon } from "@/ui/Icon";
import { NewChatForm } from "./NewChatForm";
import { useOutboundRules } from "./queries";

export function NewChat() {
  const { t } = useTranslation(["panelOutbound", "ui"]);
  const may = useCan()("requests.outbound");
  const [opened, setOpened] = useState(false);
  const rules = useOutboundRules(may);
  if (!rules?.allowed) return null;
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
        <NewChatForm topicRequired={rules.topic_required} onDone={close} />
      </Modal>
    </>
  );
}
