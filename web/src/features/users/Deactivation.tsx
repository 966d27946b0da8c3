// Shuts a user out, and asks where the chats go that he has not closed.
import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperatorChoices } from "@/features/operators";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showUndo } from "@/ui/feedback/notify";
import { type User, useActivateUser, useDeactivateUser } from "./queries";

const queue = "queue";

export function Deactivation({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation("users");
  const activate = useActivateUser();
  const deactivate = useDeactivateUser();
  const operators = useOperatorChoices();
  const [to, setTo] = useState(queue);
  const { id, name } = user;
  const answers = operators.some(({ value }) => value === String(id));
  const colleagues = operators.filter(({ value }) => value !== String(id));
  const turnOff = async () => {
    await deactivate({ id, open_chats_to: to === queue ? null : Number(to) });
    showUndo(t("deactivate.done", { name }), () => activate(id));
  };
  return (
    <ConfirmDialog
      opened
      title={t("deactivate.title", { name })}
      consequences={[t("deactivate.sessions"), t("deactivate.history"), t("deactivate.back")]}
      confirmLabel={t("deactivate.action")}
      danger
      onConfirm={turnOff}
      onClose={onClose}
    >
      {answers && (
        <Select
          label={t("deactivate.chats")}
          description={to === queue ? undefined : t("deactivate.rest")}
          data={[{ value: queue, label: t("deactivate.queue") }, ...colleagues]}
          value={to}
          onChange={(chosen) => setTo(chosen ?? queue)}
          allowDeselect={false}
          searchable
        />
      )}
    </ConfirmDialog>
  );
}
