// The team now: who is there, who has how much, who lets clients wait.
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { wholeList } from "@/api/list";
import { useCan } from "@/features/session";
import { showDone, showProblem, showUndo } from "@/ui/feedback/notify";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";
import { useTeamColumns } from "./columns";
import { MessageForm } from "./MessageForm";
import { OperatorForm } from "./OperatorForm";
import {
  type Operator,
  type Status,
  useChangeOperator,
  useGroups,
  useSetStatus,
  useTeam,
} from "./queries";
import { StatusDialog } from "./StatusDialog";
import { StatusLog } from "./StatusLog";
import { presences, shownTeam } from "./team";

type Ask = { operator: Operator; status: Status };

export function TeamPage() {
  const { t } = useTranslation(["operators", "common"]);
  const can = useCan();
  const [filters, setFilters] = useUrlFilters<"q" | "presence" | "group" | "sort">();
  const query = useTeam();
  const { data: groups = [] } = useGroups();
  const setStatus = useSetStatus();
  const change = useChangeOperator();
  const [form, setForm] = useState<Operator | null>(null);
  const [log, setLog] = useState<Operator | null>(null);
  const [message, setMessage] = useState<Operator | null>(null);
  const [ask, setAsk] = useState<Ask | null>(null);

  const chooseStatus = useCallback(
    (operator: Operator, status: Status) => {
      // What becomes of the chats is asked only where there are some.
      if (status.kind === "offline" && operator.active > 0) return setAsk({ operator, status });
      setStatus({ id: operator.user_id, status_id: status.id, open_chats: "keep" })
        .then(() => showDone(t("statusSet", { name: operator.name, status: status.name })))
        .catch(showProblem);
    },
    [setStatus, t],
  );
  const pause = useCallback(
    (operator: Operator) => {
      const { user_id: id, name, paused } = operator;
      const put = (next: boolean) => change({ id, paused: next }).catch(showProblem);
      void put(!paused).then(() =>
        showUndo(t(paused ? "resumed" : "paused", { name }), () => put(paused)),
      );
    },
    [change, t],
  );
  const maySet = can("operators.status");
  const mayEdit = can("operators.edit");
  const columns = useTeamColumns({
    onEdit: mayEdit ? setForm : undefined,
    onPause: mayEdit ? pause : undefined,
    onLog: setLog,
    onStatus: maySet ? chooseStatus : undefined,
    onMessage: maySet ? setMessage : undefined,
  });
  const { q, presence, group, sort = "status" } = filters;
  const source = useMemo(
    () => wholeList(query.data && shownTeam(query.data, { q, presence, group, sort }), query),
    [query, q, presence, group, sort],
  );
  const filterList = useMemo(
    () => [
      { kind: "search" as const, key: "q", label: t("search") },
      {
        kind: "choice" as const,
        key: "presence",
        label: t("status"),
        choices: presences.map((value) => ({ value, label: t(`presence.${value}`) })),
      },
      {
        kind: "choice" as const,
        key: "group",
        label: t("group"),
        choices: groups.map(({ id, name }) => ({ value: String(id), label: name })),
        searchable: true,
      },
    ],
    [t, groups],
  );
  const filtered = Boolean(q || presence || group);

  return (
    <Page title={t("team.title")} about={t("team.about")} layout="fill">
      <DataTable
        name="team"
        label={t("team.title")}
        columns={columns}
        source={source}
        rowId={({ user_id }) => user_id}
        onOpen={mayEdit ? setForm : undefined}
        sort={sort}
        onSort={(next) => setFilters({ sort: next })}
        toolbar={<FilterBar filters={filterList} values={filters} onChange={setFilters} />}
        empty={
          filtered ? (
            <EmptyState icon="search" title={t("nobodyFits")} text={t("nobodyFitsText")} />
          ) : (
            <EmptyState icon="users" title={t("team.empty")} text={t("team.emptyText")} />
          )
        }
      />
      {form && <OperatorForm operator={form} onClose={() => setForm(null)} />}
      {log && <StatusLog operator={log} onClose={() => setLog(null)} />}
      {message && <MessageForm operator={message} onClose={() => setMessage(null)} />}
      {ask && <StatusDialog {...ask} onClose={() => setAsk(null)} />}
    </Page>
  );
}
