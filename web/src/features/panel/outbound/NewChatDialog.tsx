// Where a chat with a client is begun: with anybody, or with the one it is opened for.
import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NewChatForm } from "./NewChatForm";
import { type Addressee, useOutboundRules } from "./queries";

/** `to`, `text`: whom it is opened for, and what is to be said. */
type Props = { opened: boolean; to?: Addressee; text?: string; onClose: () => void };

export function NewChatDialog({ opened, to, text, onClose }: Props) {
  const { t } = useTranslation(["panelOutbound", "ui"]);
  const rules = useOutboundRules(true);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("panelOutbound:title")}
      closeButtonProps={{ "aria-label": t("ui:close") }}
    >
      <NewChatForm
        to={to}
        text={text}
        topicRequired={rules?.topic_required ?? false}
        onDone={onClose}
      />
    </Modal>
  );
}
