// The tree of topics: what conversations are about, and who answers them.
import { Button } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { wholeList } from "@/api/list";
import { useCan } from "@/features/session";
import { OpSettingsPage } from "@/features/shell";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone } from "@/ui/feedback/notify";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { DataTable } from "@/ui/table/DataTable";
import { type Act, type TopicRow, useTopicColumns } from "./columns";
import { useChangeTopic, useDeleteTopic, useTopics } from "./queries";
import { TopicForm, type TopicFormOf } from "./TopicForm";
import { searched } from "./tree";

export function TopicsPage() {
  const { t } = useTranslation(["topics", "common"]);
  const mayEdit = useCan()("topics.edit");
  const [filters, setFilters] = useUrlFilters<"q" | "active">();
  const query = useTopics();
  const change = useChangeTopic();
  const remove = useDeleteTopic();
  const [form, setForm] = useState<TopicFormOf | null>(null);
  const [asked, setAsked] = useState<{ act: "delete" | "switch"; topic: TopicRow } | null>(null);
  useHotkey("KeyN", t("add"), () => mayEdit && setForm({ parent: null }));

  const act = useCallback((name: Act, topic: TopicRow) => {
    if (name === "edit") setForm({ topic });
    else if (name === "below") setForm({ parent: topic.id });
    else setAsked({ act: name, topic });
  }, []);
  const columns = useTopicColumns(mayEdit ? act : undefined);
  const source = useMemo(() => {
    const wanted = { yes: true, no: false }[filters.active ?? ""];
    const rows = query.data?.filter(({ active }) => wanted === undefined || active === wanted);
    return wholeList(rows && searched(rows, filters.q), query);
  }, [query, filters.q, filters.active]);
  const filtered = Boolean(filters.q || filters.active);
  const add = mayEdit && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setForm({ parent: null })}>
      {t("add")}
    </Button>
  );
  const name = asked?.topic.name ?? "";
  const turnsOff = asked?.topic.active;

  return (
    <OpSettingsPage title={t("title")} about={t("about")} layout="fill" actions={add}>
      <DataTable
        name="topics"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={({ id }) => id}
        onOpen={mayEdit ? (topic) => act("edit", topic) : undefined}
        toolbar={
          <FilterBar
            filters={[
              { kind: "search", key: "q", label: t("search") },
              {
                kind: "choice",
                key: "active",
                label: t("common:status"),
                choices: [
                  { value: "yes", label: t("active") },
                  { value: "no", label: t("inactive") },
                ],
              },
            ]}
            values={filters}
            onChange={setFilters}
          />
        }
        empty={
          filtered ? (
            <EmptyState icon="search" title={t("nothingFound")} text={t("nothingFoundText")} />
          ) : (
            <EmptyState icon="flow" title={t("empty")} text={t("emptyText")} action={add} />
          )
        }
      />
      {form && <TopicForm of={form} onClose={() => setForm(null)} />}
      <ConfirmDialog
        opened={asked?.act === "delete"}
        title={t("delete.title", { name })}
        consequences={[t("delete.requests"), t("delete.inUse")]}
        confirmLabel={t("common:delete")}
        danger
        onConfirm={async () => {
          if (asked) await remove(asked.topic.id);
          showDone(t("delete.done", { name }));
        }}
        onClose={() => setAsked(null)}
      />
      <ConfirmDialog
        opened={asked?.act === "switch"}
        title={t(turnsOff ? "deactivate.title" : "activate.title", { name })}
        consequences={
          turnsOff ? [t("deactivate.chosen"), t("deactivate.kept")] : [t("activate.chosen")]
        }
        confirmLabel={t(turnsOff ? "deactivate.action" : "activate.action")}
        onConfirm={async () => {
          if (asked) await change({ id: asked.topic.id, active: !asked.topic.active });
        }}
        onClose={() => setAsked(null)}
      />
    </OpSettingsPage>
  );
}
