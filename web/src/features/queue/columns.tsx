// The columns of the queue, with what a supervisor does to what waits.
import { Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { useCan } from "@/features/session";
import { ColorChip } from "@/ui/color/ColorChip";
import { Icon } from "@/ui/Icon";
import { RowMenu } from "@/ui/RowMenu";
import { StatusBadge } from "@/ui/StatusBadge";
import type { Column } from "@/ui/table/columns";
import { RunningTime } from "@/ui/time/RunningTime";
import classes from "./Queue.module.css";
import type { QueueRow } from "./queries";
import { reasonOf, reasons } from "./reasons";

export type Act = "assign" | "weight" | "topic" | "close";
type OnAct = (act: Act, row: QueueRow) => void;

export function useQueueColumns(onAct: OnAct): Column<QueueRow>[] {
  const { t } = useTranslation("queue");
  const can = useCan();
  const channelName = useChannelName();
  return useMemo(
    () => [
      {
        id: "request",
        header: t("request"),
        width: 110,
        fixed: true,
        cell: ({ id, position }) => (
          <span className={classes.request}>
            <span className={classes.none}>{position}.</span>{" "}
            {can("requests.view") ? (
              <Link to={`/operator_panel/requests/${id}` as string}>#{id}</Link>
            ) : (
              `#${id}`
            )}
          </span>
        ),
      },
      { id: "client", header: t("client"), width: 160, cell: ({ client_name }) => client_name },
      {
        id: "topic",
        header: t("topic"),
        cell: ({ subject }) =>
          subject ? (
            <ColorChip color={subject.color} plain>
              {subject.name}
            </ColorChip>
          ) : (
            <span className={classes.none}>{t("noTopic")}</span>
          ),
      },
      {
        id: "reason",
        header: t("why"),
        width: 230,
        cell: ({ reason: word }) => {
          const reason = reasonOf(word);
          return (
            <StatusBadge tone={reasons[reason]} hint={t(`hint.${reason}`)}>
              {t(`reason.${reason}`)}
            </StatusBadge>
          );
        },
      },
      {
        id: "waited",
        header: t("waited"),
        width: 110,
        cell: ({ queued_at }) => <RunningTime since={queued_at} />,
      },
      {
        id: "weight",
        header: t("weight"),
        width: 90,
        align: "end",
        cell: ({ weight }) => weight,
      },
      {
        id: "matching",
        header: t("matching"),
        width: 110,
        align: "end",
        cell: ({ matching_online }) => matching_online,
      },
      {
        id: "channel",
        header: t("channel"),
        width: 140,
        cell: ({ channel }) => channelName(channel),
      },
      {
        id: "menu",
        header: "",
        width: 56,
        fixed: true,
        align: "end",
        cell: (row) => <QueueMenu row={row} onAct={onAct} />,
      },
    ],
    [t, can, channelName, onAct],
  );
}

function QueueMenu({ row, onAct }: { row: QueueRow; onAct: OnAct }) {
  const { t } = useTranslation("queue");
  const can = useCan();
  return (
    <RowMenu name={`#${row.id}`}>
      {can("requests.assign_any") && (
        <Menu.Item leftSection={<Icon name="user" />} onClick={() => onAct("assign", row)}>
          {t("assign.action")}
        </Menu.Item>
      )}
      {can("requests.edit") && (
        <Menu.Item leftSection={<Icon name="sort" />} onClick={() => onAct("weight", row)}>
          {t("weigh.action")}
        </Menu.Item>
      )}
      {can("requests.edit") && (
        <Menu.Item leftSection={<Icon name="flow" />} onClick={() => onAct("topic", row)}>
          {t("retopic.action")}
        </Menu.Item>
      )}
      {can("requests.close") && (
        <Menu.Item
          color="red"
          leftSection={<Icon name="close" />}
          onClick={() => onAct("close", row)}
        >
          {t("close.action")}
        </Menu.Item>
      )}
    </RowMenu>
  );
}
