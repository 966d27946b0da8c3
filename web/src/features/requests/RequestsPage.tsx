// What other systems asked of us and scenarios asked of them, in the last two weeks.
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { EmptyState } from "@/ui/feedback/States";
import { type Filter, FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";
import { useRequestColumns } from "./columns";
import {
  directions,
  type LoggedRequest,
  sources,
  statusClasses,
  useKeyChoices,
  useRequests,
} from "./queries";
import { RequestPanel } from "./RequestPanel";

type Keys =
  | "direction"
  | "source"
  | "status"
  | "bot_id"
  | "key_id"
  | "path"
  | "period"
  | "from"
  | "to"
  | "id";
const periodNames = ["hour", "day", "week"] as const;

export function RequestsPage() {
  const { t } = useTranslation("requests");
  const [{ id, ...filters }, setFilters] = useUrlFilters<Keys>();
  const source = useRequests(filters);
  const bots = useBotChoices();
  const keys = useKeyChoices();
  const botName = useCallback(
    (bot: number) => bots.find(({ value }) => value === String(bot))?.label ?? `#${bot}`,
    [bots],
  );
  const columns = useRequestColumns(botName);
  const filterList = useMemo((): Filter[] => {
    const choice = (
      key: Keys,
      label: string,
      choices: { value: string; label: string }[],
      searchable = false,
    ): Filter => ({ kind: "choice", key, label, choices, searchable });
    const all: Filter[] = [
      { kind: "search", key: "path", label: t("searchPath") },
      choice(
        "direction",
        t("direction"),
        directions.map((value) => ({ value, label: t(`directions.${value}`) })),
      ),
      choice(
        "source",
        t("source"),
        sources.map((value) => ({ value, label: t(`sources.${value}`) })),
      ),
      choice(
        "status",
        t("answer"),
        statusClasses.map((value) => ({ value, label: t(`classes.${value}`) })),
      ),
      choice("bot_id", t("bot"), bots, true),
      choice("key_id", t("key"), keys, true),
      choice(
        "period",
        t("period"),
        periodNames.map((value) => ({ value, label: t(`periods.${value}`) })),
      ),
    ];
    // who may not see the keys cannot choose one
    return all.filter((filter) => !("choices" in filter) || filter.choices.length > 0);
  }, [t, bots, keys]);
  const filtered = Object.values(filters).some(Boolean);
  return (
    <Page title={t("title")} about={t("about")} layout="fill">
      <DataTable<LoggedRequest>
        name="requests"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={(request) => String(request.id)}
        onOpen={(request) => setFilters({ id: String(request.id) })}
        toolbar={<FilterBar filters={filterList} values={filters} onChange={setFilters} />}
        empty={
          filtered ? (
            <EmptyState icon="search" title={t("nothingFound")} text={t("nothingFoundText")} />
          ) : (
            <EmptyState icon="list" title={t("empty")} text={t("emptyText")} />
          )
        }
      />
      <RequestPanel
        id={Number(id) || null}
        botName={botName}
        onClose={() => setFilters({ id: undefined })}
      />
    </Page>
  );
}
