// What waits for an operator, in the order of service, and why.
import { Alert } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { EmptyState } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";
import { AssignForm } from "./AssignForm";
import { Cards } from "./Cards";
import { type Act, useQueueColumns } from "./columns";
import { CloseForm, TopicForm, WeightForm } from "./forms";
import { type QueueRow, useQueue } from "./queries";

const forms = { assign: AssignForm, weight: WeightForm, topic: TopicForm, close: CloseForm };

export function QueuePage() {
  const { t } = useTranslation(["queue", "common"]);
  const can = useCan();
  const { cards, source } = useQueue();
  const [open, setOpen] = useState<{ act: Act; row: QueueRow } | null>(null);
  // The same function at every refresh: else the rows would be made anew and their menus close.
  const act = useCallback((name: Act, row: QueueRow) => setOpen({ act: name, row }), []);
  const columns = useQueueColumns(act);
  const Form = open && forms[open.act];
  const lost = source.rows.some(({ reason }) => reason === "no_skill_group");

  if (!can("queue.view")) {
    return (
      <Page title={t("title")}>
        <EmptyState icon="lock" title={t("forbidden.title")} text={t("forbidden.text")} />
      </Page>
    );
  }
  return (
    <Page title={t("title")} about={t("about")} layout="fill">
      <Cards queue={cards} />
      {lost && (
        <Alert color="red" icon={<Icon name="alert" />}>
          {t("lost")}{" "}
          {can("operators.edit") && (
            <Link to="/settings-page/op-settings/skill-groups">{t("toGroups")}</Link>
          )}
        </Alert>
      )}
      <DataTable
        name="queue"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={({ id }) => id}
        empty={<EmptyState icon="check" title={t("empty")} text={t("emptyText")} />}
      />
      {open && Form && <Form row={open.row} onClose={() => setOpen(null)} />}
    </Page>
  );
}
