// The columns of the team, with what can be done with each operator.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { deviceOf } from "@/features/session";
import { Face } from "@/ui/Face";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { RunningTime } from "@/ui/time/RunningTime";
import { LoadBar } from "./LoadBar";
import { type Acts, OperatorMenu } from "./OperatorMenu";
import classes from "./Operators.module.css";
import { PresenceCell } from "./PresenceCell";
import { QuotaCell } from "./QuotaCell";
import type { Operator } from "./queries";

export function useTeamColumns(acts: Acts): Column<Operator>[] {
  const { t } = useTranslation("operators");
  const { onEdit, onStatus, onPause, onLog, onMessage } = acts;
  return useMemo(
    () => [
      {
        id: "name",
        header: t("operator"),
        width: 210,
        fixed: true,
        sort: "name",
        cell: (row) => (
          <TwoLines
            main={row.name}
            sub={row.public_name || undefined}
            face={<Face name={row.name} picture={row.picture} size={26} staff />}
          />
        ),
      },
      {
        id: "status",
        header: t("status"),
        width: 230,
        sort: "status",
        cell: (row) => <PresenceCell operator={row} />,
      },
      {
        id: "load",
        header: t("chats"),
        width: 150,
        sort: "load",
        cell: (row) => <LoadBar row={row} />,
      },
      {
        id: "unanswered",
        header: t("unanswered"),
        width: 115,
        align: "end",
        sort: "unanswered",
        cell: (row) => (
          <span className={classes.number} data-some={row.unanswered > 0 || undefined}>
            {row.unanswered}
          </span>
        ),
      },
      {
        id: "wait",
        header: t("longestWait"),
        width: 115,
        sort: "wait",
        cell: (row) => <RunningTime since={row.waiting_since} />,
      },
      {
        id: "quota",
        header: t("quota.today"),
        width: 120,
        sort: "quota",
        cell: (row) => <QuotaCell row={row} />,
      },
      {
        id: "device",
        header: t("device"),
        width: 140,
        cell: ({ agent }) => deviceOf(agent) ?? "–",
      },
      {
        id: "groups",
        header: t("groups"),
        cell: (row) => (
          <span className={classes.groups}>
            {row.groups.map(({ name }) => name).join(", ") || "–"}
          </span>
        ),
      },
      {
        id: "menu",
        header: "",
        width: 56,
        fixed: true,
        align: "end",
        cell: (row) => (
          <OperatorMenu operator={row} acts={{ onEdit, onStatus, onPause, onLog, onMessage }} />
        ),
      },
    ],
    [t, onEdit, onStatus, onPause, onLog, onMessage],
  );
}
