// How operators work: who gets how much, and under which name clients see them.

import { Button, Group } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { wholeList } from "@/api/list";
import { type Operator, OperatorForm, useTeam } from "@/features/operators";
import { useCan } from "@/features/session";
import { OpSettingsPage } from "@/features/shell";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { DataTable } from "@/ui/table/DataTable";
import { NamesPanel } from "./NamesPanel";
import { useOperatorColumns } from "./operatorColumns";
import { QuotaPanel } from "./QuotaPanel";
import { SidePanelRules } from "./SidePanelRules";

export function OperatorsPage() {
  const { t } = useTranslation("opSettings");
  const can = useCan();
  const mayEdit = can("operators.edit");
  const [filters, setFilters] = useUrlFilters<"q">();
  const [form, setForm] = useState<Operator | null>(null);
  const [panel, setPanel] = useState<"names" | "quota" | "side" | null>(null);
  const query = useTeam();
  const wanted = filters.q?.trim().toLocaleLowerCase() ?? "";
  const source = useMemo(() => {
    const rows = query.data?.filter(({ name, public_name, groups }) =>
      [name, public_name, ...groups.map((group) => group.name)].some((one) =>
        one.toLocaleLowerCase().includes(wanted),
      ),
    );
    return wholeList(rows, query);
  }, [query, wanted]);
  const columns = useOperatorColumns(mayEdit ? setForm : undefined);

  return (
    <OpSettingsPage
      title={t("operators.title")}
      about={t("operators.about")}
      layout="fill"
      actions={
        can("op_settings.view") && (
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<Icon name="sidebar" />}
              onClick={() => setPanel("side")}
            >
              {t("side.title")}
            </Button>
            <Button
              variant="default"
              leftSection={<Icon name="users" />}
              onClick={() => setPanel("quota")}
            >
              {t("quota.title")}
            </Button>
            <Button
              variant="default"
              leftSection={<Icon name="message" />}
              onClick={() => setPanel("names")}
            >
              {t("names.title")}
            </Button>
          </Group>
        )
      }
    >
      <DataTable
        name="operators"
        label={t("operators.title")}
        columns={columns}
        source={source}
        rowId={({ user_id }) => user_id}
        onOpen={mayEdit ? setForm : undefined}
        toolbar={
          <FilterBar
            filters={[{ kind: "search", key: "q", label: t("operators.search") }]}
            values={filters}
            onChange={setFilters}
          />
        }
        empty={
          wanted ? (
            <EmptyState
              icon="search"
              title={t("operators.nobodyFits")}
              text={t("operators.nobodyFitsText")}
            />
          ) : (
            <EmptyState icon="users" title={t("operators.empty")} text={t("operators.emptyText")} />
          )
        }
      />
      {form && <OperatorForm operator={form} onClose={() => setForm(null)} />}
      {panel === "names" && <NamesPanel onClose={() => setPanel(null)} />}
      {panel === "side" && <SidePanelRules onClose={() => setPanel(null)} />}
      {panel === "quota" && <QuotaPanel onClose={() => setPanel(null)} />}
    </OpSettingsPage>
  );
}
