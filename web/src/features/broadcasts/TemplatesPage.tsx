// Templates of messages, what was sent by them, and how fast and when it goes out.
import { Button, SegmentedControl } from "@mantine/core";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone, showProblem, showUndo } from "@/ui/feedback/notify";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";
import { type Act, useTemplateColumns } from "./columns";
import { type Template, useChangeTemplate, useDeleteTemplate, useTemplates } from "./queries";
import { RulesDialog } from "./RulesDialog";
import { SentList } from "./SentList";
import { TemplateForm } from "./TemplateForm";
import { TestForm } from "./TestForm";

export function TemplatesPage() {
  const { t } = useTranslation(["broadcasts", "common"]);
  const mayEdit = useCan()("broadcasts.edit");
  const [filters, setFilters] = useUrlFilters<
    "view" | "q" | "active" | "template" | "phone" | "test"
  >();
  const [form, setForm] = useState<Template | "new" | null>(null);
  const [rules, setRules] = useState(false);
  const [tested, setTested] = useState<Template | null>(null);
  const endTest = () => {
    setTested(null);
    setFilters({ test: undefined });
  };
  useHotkey("KeyN", t("add"), () => mayEdit && setForm("new"));
  const sent = filters.view === "sent";
  const add = mayEdit && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setForm("new")}>
      {t("add")}
    </Button>
  );
  const tabs = (
    <SegmentedControl
      style={{ alignSelf: "flex-start", flex: "none" }}
      aria-label={t("whatIsShown")}
      data={[
        { value: "templates", label: t("tabs.templates") },
        { value: "sent", label: t("tabs.sent") },
      ]}
      value={sent ? "sent" : "templates"}
      onChange={(next) =>
        setFilters({ view: next === "sent" ? "sent" : undefined, template: undefined })
      }
    />
  );
  const actions = (
    <>
      <Button variant="default" leftSection={<Icon name="clock" />} onClick={() => setRules(true)}>
        {t("rules.title")}
      </Button>
      {add}
    </>
  );
  return (
    <Page title={t("title")} about={t("about")} layout="fill" actions={actions} tabs={tabs}>
      {sent ? (
        <SentList filters={filters} onFilter={setFilters} />
      ) : (
        <TemplateList
          filters={filters}
          onFilter={setFilters}
          onEdit={mayEdit ? setForm : undefined}
          onTest={setTested}
          add={add}
        />
      )}
      {form && (
        <TemplateForm template={form === "new" ? null : form} onClose={() => setForm(null)} />
      )}
      {(tested || filters.test) && <TestForm template={tested} onClose={endTest} />}
      {rules && <RulesDialog readOnly={!mayEdit} onClose={() => setRules(false)} />}
    </Page>
  );
}

type ListProps = {
  filters: { q?: string; active?: string };
  onFilter: (change: Record<string, string | string[] | undefined>) => void;
  onEdit?: (template: Template) => void;
  onTest: (template: Template) => void;
  add: React.ReactNode;
};

function TemplateList({ filters, onFilter, onEdit, onTest, add }: ListProps) {
  const { t } = useTranslation(["broadcasts", "common"]);
  const change = useChangeTemplate();
  const remove = useDeleteTemplate();
  const source = useTemplates(filters);
  const [asked, setAsked] = useState<Template | null>(null);

  const turn = useCallback(
    async ({ id, name, active }: Template) => {
      const put = (next: boolean) => change({ id, active: next }).then(() => undefined);
      try {
        await put(!active);
        showUndo(t(active ? "turnedOff" : "turnedOn", { name }), () =>
          put(active).catch(showProblem),
        );
      } catch (error) {
        showProblem(error);
      }
    },
    [change, t],
  );
  const act = useCallback(
    (name: Act, template: Template) => {
      if (name === "edit") onEdit?.(template);
      else if (name === "test") onTest(template);
      else if (name === "switch") void turn(template);
      else if (name === "sent") onFilter({ view: "sent", template: String(template.id) });
      else setAsked(template);
    },
    [onEdit, onFilter, onTest, turn],
  );
  const columns = useTemplateColumns(act, Boolean(onEdit));
  const filtered = Boolean(filters.q || filters.active);
  return (
    <>
      <DataTable
        name="templates"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={({ id }) => id}
        onOpen={onEdit}
        toolbar={
          <FilterBar
            filters={[
              { kind: "search", key: "q", label: t("search") },
              {
                kind: "choice",
                key: "active",
                label: t("common:status"),
                choices: [
                  { value: "yes", label: t("common:active") },
                  { value: "no", label: t("common:inactive") },
                ],
              },
            ]}
            values={filters}
            onChange={onFilter}
          />
        }
        empty={
          filtered ? (
            <EmptyState icon="search" title={t("nothingFound")} text={t("nothingFoundText")} />
          ) : (
            <EmptyState
              icon="message"
              title={t("empty")}
              text={t("emptyText", { value: "{{order}}" })}
              action={add}
            />
          )
        }
      />
      <ConfirmDialog
        opened={asked !== null}
        title={t("delete.title", { name: asked?.name ?? "" })}
        consequences={[t("delete.calls"), t("delete.kept")]}
        confirmLabel={t("common:delete")}
        danger
        onConfirm={async () => {
          if (asked) await remove(asked.id);
          showDone(t("delete.done", { name: asked?.name ?? "" }));
        }}
        onClose={() => setAsked(null)}
      />
    </>
  );
}
