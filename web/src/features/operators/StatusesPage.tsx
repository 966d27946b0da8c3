// The statuses that operators choose from, in the order of their menu.
import { Button } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { wholeList } from "@/api/list";
import { useCan } from "@/features/session";
import { OpSettingsPage } from "@/features/shell";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showProblem } from "@/ui/feedback/notify";
import { EmptyState } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { DataTable } from "@/ui/table/DataTable";
import { moved } from "./order";
import { type Status, useChangeStatus, useDeleteStatus, useStatuses } from "./queries";
import { StatusForm } from "./StatusForm";
import { type StatusAct, useStatusColumns } from "./statusColumns";

export function StatusesPage() {
  const { t } = useTranslation(["operators", "common"]);
  const mayEdit = useCan()("op_settings.edit");
  const query = useStatuses();
  const change = useChangeStatus();
  const remove = useDeleteStatus();
  const [form, setForm] = useState<Status | "new" | null>(null);
  const [leaving, setLeaving] = useState<Status | null>(null);
  useHotkey("KeyN", t("state.add"), () => mayEdit && setForm("new"));

  const { data } = query;
  const act = useCallback(
    (name: StatusAct, status: Status) => {
      if (name === "edit") return setForm(status);
      if (name === "delete") return setLeaving(status);
      const steps = moved(data ?? [], status.id, name === "up" ? -1 : 1);
      Promise.all(steps.map((step) => change(step))).catch(showProblem);
    },
    [data, change],
  );
  const columns = useStatusColumns(mayEdit ? act : undefined);
  const source = useMemo(() => wholeList(query.data, query), [query]);
  const add = mayEdit && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setForm("new")}>
      {t("state.add")}
    </Button>
  );

  return (
    <OpSettingsPage title={t("state.title")} about={t("state.about")} layout="fill" actions={add}>
      <DataTable
        name="statuses"
        label={t("state.title")}
        columns={columns}
        source={source}
        rowId={({ id }) => id}
        onOpen={mayEdit ? setForm : undefined}
        empty={<EmptyState icon="pulse" title={t("state.empty")} action={add} />}
      />
      {form && <StatusForm status={form === "new" ? null : form} onClose={() => setForm(null)} />}
      <ConfirmDialog
        opened={leaving !== null}
        title={t("state.delete.title", { name: leaving?.name ?? "" })}
        consequences={[t("state.delete.inUse"), t("state.delete.log")]}
        confirmLabel={t("common:delete")}
        danger
        onConfirm={async () => {
          if (leaving) await remove(leaving.id);
        }}
        onClose={() => setLeaving(null)}
      />
    </OpSettingsPage>
  );
}
