// Sends somebody with open chats offline: do they stay with him, or go to others?
import { Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone } from "@/ui/feedback/notify";
import { type OpenChats, type Operator, type Status, useSetStatus } from "./queries";

type Props = { operator: Operator; status: Status; onClose: () => void };

export function StatusDialog({ operator, status, onClose }: Props) {
  const { t } = useTranslation("operators");
  const [chats, setChats] = useState<OpenChats>("keep");
  const set = useSetStatus();
  const { name, active, user_id: id } = operator;
  return (
    <ConfirmDialog
      opened
      title={t("offline.title", { name, status: status.name })}
      confirmLabel={t("offline.action")}
      onConfirm={async () => {
        await set({ id, status_id: status.id, open_chats: chats });
        showDone(t("statusSet", { name, status: status.name }));
      }}
      onClose={onClose}
    >
      <Radio.Group
        label={t("offline.chats", { count: active })}
        value={chats}
        onChange={(value) => setChats(value as OpenChats)}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="keep" label={t("offline.keep")} description={t("offline.keepHint")} />
          <Radio
            value="redistribute"
            label={t("offline.redistribute")}
            description={t("offline.redistributeHint")}
          />
        </Stack>
      </Radio.Group>
    </ConfirmDialog>
  );
}
