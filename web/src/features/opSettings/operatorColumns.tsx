// The columns of the operators' settings.
import { ActionIcon } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import type { Operator } from "@/features/operators";
import { Icon } from "@/ui/Icon";
import { StatusBadge } from "@/ui/StatusBadge";
import type { Column } from "@/ui/table/columns";

export function useOperatorColumns(onEdit?: (operator: Operator) => void): Column<Operator>[] {
  const { t } = useTranslation(["opSettings", "common"]);
  const channelName = useChannelName();
  return useMemo(() => {
    const columns: Column<Operator>[] = [
      { id: "name", header: t("operators.name"), fixed: true, cell: ({ name }) => name },
      {
        id: "public",
        header: t("operators.publicName"),
        width: 190,
        cell: ({ public_name }) => public_name || "–",
      },
      {
        id: "limit",
        header: t("operators.limit"),
        width: 120,
        align: "end",
        cell: ({ dialog_limit }) => dialog_limit,
      },
      {
        id: "quota",
        header: t("operators.quota"),
        width: 120,
        align: "end",
        cell: ({ quota }) => quota ?? "–",
      },
      {
        id: "channels",
        header: t("operators.channelLimits"),
        width: 210,
        cell: ({ channel_limits }) =>
          Object.entries(channel_limits)
            .map(([channel, limit]) => `${channelName(channel)}: ${limit}`)
            .join(", ") || "–",
      },
      {
        id: "groups",
        header: t("operators.groups"),
        width: 220,
        cell: ({ groups }) => groups.map(({ name }) => name).join(", ") || "–",
      },
      {
        id: "receives",
        header: t("operators.newChats"),
        width: 140,
        rigid: true,
        cell: ({ paused }) => (
          <StatusBadge tone={paused ? "warn" : "ok"}>
            {paused ? t("operators.paused") : t("operators.gets")}
          </StatusBadge>
        ),
      },
    ];
    if (onEdit) {
      columns.push({
        id: "edit",
        header: "",
        width: 56,
        fixed: true,
        align: "end",
        cell: (operator) => (
          <ActionIcon
            aria-label={t("operators.edit", { name: operator.name })}
            onClick={() => onEdit(operator)}
          >
            <Icon name="edit" />
          </ActionIcon>
        ),
      });
    }
    return columns;
  }, [t, channelName, onEdit]);
}
