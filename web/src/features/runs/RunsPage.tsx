// Runs of scenarios: who or what began each, when planned ones are due, and taking those back.
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { useBotName } from "@/features/dialogs";
import { useCan } from "@/features/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";
import { useRunColumns } from "./columns";
import { type Run, sources, statuses, useCancelRun, useRuns } from "./queries";

type Keys = "bot_id" | "status" | "source" | "key_id";

export function RunsPage() {
  const { t } = useTranslation(["runs", "dialogs"]);
  const can = useCan();
  const [filters, setFilters] = useUrlFilters<Keys>();
  const source = useRuns(filters);
  const bots = useBotChoices();
  const cancel = useCancelRun();
  const [leaving, setLeaving] = useState<Run | null>(null);
  const botName = useBotName();
  const columns = useRunColumns({
    botName,
    onCancel: can("runs.cancel") ? setLeaving : undefined,
  });
  const filterList = useMemo(
    () => [
      {
        kind: "choice" as const,
        key: "source",
        label: t("from"),
        choices: sources.map((value) => ({ value, label: t(`source.${value}`) })),
      },
      {
        kind: "choice" as const,
        key: "status",
        label: t("status"),
        choices: statuses.map((value) => ({ value, label: t(`dialogs:runStatus.${value}`) })),
      },
      {
        kind: "choice" as const,
        key: "bot_id",
        label: t("bot"),
        choices: bots,
        searchable: true,
      },
    ],
    [t, bots],
  );
  const isNarrowed = Object.values(filters).some(Boolean);
  return (
    <Page title={t("title")} about={t("about")} layout="fill">
      <DataTable<Run>
        name="runs"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={(run) => run.id}
        toolbar={<FilterBar filters={filterList} values={filters} onChange={setFilters} />}
        empty={
          isNarrowed ? (
            <EmptyState icon="search" title={t("nothing")} text={t("nothingText")} />
          ) : (
            <EmptyState icon="play" title={t("empty")} text={t("emptyText")} />
          )
        }
      />
      <ConfirmDialog
        opened={leaving !== null}
        title={t("cancelTitle", { id: leaving?.id ?? 0 })}
        consequences={[t("cancelText")]}
        confirmLabel={t("cancelRun")}
        danger
        onConfirm={async () => {
          if (leaving) await cancel(leaving.id);
        }}
        onClose={() => setLeaving(null)}
      />
    </Page>
  );
}
