// Gives a waiting request to an operator; beyond his limit only after asking.
import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/problem";
import { useTeam } from "@/features/operators";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { type QueueRow, useAssign } from "./queries";

type Props = { row: QueueRow; onClose: () => void };

/** Who is there first, with what they have. */
function useChoices(): { value: string; label: string }[] {
  const { t } = useTranslation("queue");
  const { data = [] } = useTeam();
  const away = (presence: string) => (presence === "online" ? 0 : presence === "busy" ? 1 : 2);
  return [...data]
    .sort((a, b) => away(a.presence) - away(b.presence) || a.name.localeCompare(b.name))
    .map(({ user_id, name, status, active, limit }) => ({
      value: String(user_id),
      label: t("assign.choice", { name, status: status.name, active, limit }),
    }));
}

export function AssignForm({ row, onClose }: Props) {
  const { t } = useTranslation("queue");
  const choices = useChoices();
  const assign = useAssign();
  const [over, setOver] = useState<string | null>(null);
  const give = async (operator: string, over_limit: boolean) => {
    await assign({ id: row.id, operator_id: Number(operator), over_limit });
    showDone(t("assign.done", { id: row.id }));
    onClose();
  };
  const form = useApiForm({
    initial: { operator_id: null as string | null },
    check: ({ operator_id }) => (operator_id ? {} : { operator_id: t("assign.choose") }),
    submit: async ({ operator_id }) => {
      try {
        await give(operator_id ?? "", false);
      } catch (error) {
        if (!(error instanceof ApiError && error.code === "limit_reached")) throw error;
        setOver(error.message);
      }
    },
  });
  return (
    <>
      <FormDrawer
        opened
        title={t("assign.title", { id: row.id })}
        form={{ ...form, dirty: false }}
        submitLabel={t("assign.submit")}
        onClose={onClose}
      >
        <Select
          label={t("assign.operator")}
          placeholder={t("assign.choose")}
          data={choices}
          searchable
          required
          data-autofocus
          {...form.bind("operator_id")}
        />
      </FormDrawer>
      <ConfirmDialog
        opened={over !== null}
        title={t("assign.over")}
        confirmLabel={t("assign.anyway")}
        onConfirm={() => give(form.values.operator_id ?? "", true)}
        onClose={() => setOver(null)}
      >
        {over}
      </ConfirmDialog>
    </>
  );
}
