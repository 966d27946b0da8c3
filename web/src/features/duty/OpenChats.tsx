// Asks what becomes of the open chats of someone who goes.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SetStatus, Status } from "./queries";

type Choice = NonNullable<SetStatus["open_chats"]>;
type Props = {
  /** The status that was asked for; null closes the dialog. */
  status: Status | null;
  count: number;
  onChoose: (choice: Choice) => Promise<unknown>;
  onClose: () => void;
};

export function OpenChats({ status, count, onChoose, onClose }: Props) {
  const { t } = useTranslation(["duty", "ui"]);
  const [busy, setBusy] = useState<Choice | null>(null);
  const choose = async (choice: Choice) => {
    setBusy(choice);
    try {
      await onChoose(choice);
      onClose();
    } catch {
      // shown by the change itself; the question stays
    } finally {
      setBusy(null);
    }
  };
  return (
    <Modal
      opened={status !== null}
      onClose={onClose}
      title={t("duty:leave.title", { name: status?.name ?? "" })}
      closeButtonProps={{ "aria-label": t("ui:close") }}
    >
      <Stack gap="sm">
        <Text size="sm">{t("duty:leave.text", { count })}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" disabled={busy !== null} onClick={onClose}>
            {t("ui:cancel")}
          </Button>
          <Button
            variant="default"
            loading={busy === "redistribute"}
            onClick={() => choose("redistribute")}
          >
            {t("duty:leave.redistribute")}
          </Button>
          <Button data-autofocus loading={busy === "keep"} onClick={() => choose("keep")}>
            {t("duty:leave.keep")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
