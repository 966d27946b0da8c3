// Which operators answer which topics, and which topics anybody answers.
import { Alert, Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { wholeList } from "@/api/list";
import { useCan } from "@/features/session";
import { OpSettingsPage } from "@/features/shell";
import { useTopics } from "@/features/topics";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { DataTable } from "@/ui/table/DataTable";
import { useGroupColumns } from "./groupColumns";
import { openTopics, searchedGroups } from "./groups";
import { type SkillGroup, useDeleteGroup, useGroups, useOperatorChoices } from "./queries";
import { SkillGroupForm } from "./SkillGroupForm";

function useNames(rows: { value: string; label: string }[]) {
  return useMemo(() => new Map(rows.map(({ value, label }) => [Number(value), label])), [rows]);
}

export function SkillGroupsPage() {
  const { t } = useTranslation(["operators", "common"]);
  const can = useCan();
  const mayEdit = can("operators.edit");
  // Others see their own groups only, and change who is in them.
  const seesAll = mayEdit && can("requests.view_all");
  const [filters, setFilters] = useUrlFilters<"q">();
  const query = useGroups();
  const { data: topics } = useTopics();
  const people = useNames(useOperatorChoices());
  const topicNames = useMemo(
    () => new Map(topics?.map(({ id, path }) => [id, path]) ?? []),
    [topics],
  );
  const remove = useDeleteGroup();
  const [form, setForm] = useState<SkillGroup | "new" | null>(null);
  const [leaving, setLeaving] = useState<SkillGroup | null>(null);
  useHotkey("KeyN", t("skill.add"), () => seesAll && setForm("new"));
  const columns = useGroupColumns({
    topics: topicNames,
    people,
    onEdit: mayEdit ? setForm : undefined,
    onDelete: seesAll ? setLeaving : undefined,
  });
  const source = useMemo(
    () => wholeList(query.data && searchedGroups(query.data, filters.q, topicNames, people), query),
    [query, filters.q, topicNames, people],
  );
  const open = seesAll && query.data && topics && openTopics(topics, query.data);
  const add = seesAll && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setForm("new")}>
      {t("skill.add")}
    </Button>
  );

  return (
    <OpSettingsPage title={t("skill.title")} about={t("skill.about")} layout="fill" actions={add}>
      <Alert color="gray" icon={<Icon name="users" />}>
        {t("skill.open")}
        {open && topics.length > 0 && (
          <>
            {" "}
            {open.length > 0
              ? t("skill.openNow", { topics: open.map(({ path }) => path).join(", ") })
              : t("skill.openNone")}
          </>
        )}
      </Alert>
      <DataTable
        name="skill-groups"
        label={t("skill.title")}
        columns={columns}
        source={source}
        rowId={({ id }) => id}
        onOpen={mayEdit ? setForm : undefined}
        toolbar={
          <FilterBar
            filters={[{ kind: "search", key: "q", label: t("skill.search") }]}
            values={filters}
            onChange={setFilters}
          />
        }
        empty={
          filters.q ? (
            <EmptyState icon="search" title={t("skill.nothingFound")} text={t("nobodyFitsText")} />
          ) : (
            <EmptyState
              icon="users"
              title={t("skill.empty")}
              text={t("skill.emptyText")}
              action={add}
            />
          )
        }
      />
      {form && (
        <SkillGroupForm group={form === "new" ? null : form} onClose={() => setForm(null)} />
      )}
      <ConfirmDialog
        opened={leaving !== null}
        title={t("skill.delete.title", { name: leaving?.name ?? "" })}
        consequences={[t("skill.delete.open"), t("skill.delete.kept")]}
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
