// What an action for many requests has to know before it begins.
import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Change } from "../../logic/bulk";
import { AssignMany, CloseMany, TagMany, TopicMany } from "./forms";

const forms = { assign: AssignMany, tags: TagMany, topic: TopicMany, close: CloseMany };
export type AskingMany = keyof typeof forms | null;

type Props = {
  asking: AskingMany;
  count: number;
  onRun: (change: Change) => void;
  onClose: () => void;
};

export function ManyDialog({ asking, count, onRun, onClose }: Props) {
  const { t } = useTranslation(["panel", "panelMany", "ui"]);
  const Form = asking && forms[asking];
  return (
    <Modal
      opened={asking !== null}
      onClose={onClose}
      title={asking && t(`panelMany:${asking}.title`, { count })}
      closeButtonProps={{ "aria-label": t("ui:close") }}
    >
      {Form && (
        <Form
          count={count}
          onCancel={onClose}
          onRun={(change) => {
            onClose();
            onRun(change);
          }}
        />
      )}
    </Modal>
  );
}
