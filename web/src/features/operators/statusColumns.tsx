// The columns of the list of statuses, with the menu of each.
import { Menu } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ColorChip } from "@/ui/color/ColorChip";
import { Icon } from "@/ui/Icon";
import { RowMenu } from "@/ui/RowMenu";
import { StatusBadge } from "@/ui/StatusBadge";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { kindOf } from "./kinds";
import type { Status } from "./queries";

export type StatusAct = "edit" | "up" | "down" | "delete";
type OnAct = (act: StatusAct, status: Status) => void;

export function useStatusColumns(onAct?: OnAct): Column<Status>[] {
  const { t } = useTranslation(["operators", "common"]);
  return useMemo(() => {
    const columns: Column<Status>[] = [
      {
        id: "name",
        header: t("common:name"),
        fixed: true,
        cell: ({ color, name, is_system }) => (
          <TwoLines
            main={
              <ColorChip color={color} plain>
                {name}
              </ColorChip>
            }
            sub={is_system ? t("state.system") : undefined}
          />
        ),
      },
      {
        id: "kind",
        header: t("state.kind"),
        width: 170,
        cell: ({ kind }) => t(`state.kinds.${kindOf(kind)}`),
      },
      {
        id: "receives",
        header: t("chats"),
        width: 190,
        cell: ({ can_receive, count_after_closed }) => (
          <TwoLines
            main={
              <StatusBadge tone={can_receive ? "ok" : "idle"}>
                {can_receive ? t("state.receives") : t("state.no")}
              </StatusBadge>
            }
            sub={count_after_closed ? t("state.countsShort") : undefined}
          />
        ),
      },
      {
        id: "max",
        header: t("state.longest"),
        width: 190,
        cell: ({ max_minutes, idle_minutes }) => (
          <TwoLines
            main={max_minutes ? t("state.minutes", { count: max_minutes }) : t("state.noMax")}
            sub={idle_minutes ? t("state.idleShort", { count: idle_minutes }) : undefined}
          />
        ),
      },
    ];
    if (onAct) {
      columns.push({
        id: "menu",
        header: "",
        width: 56,
        fixed: true,
        align: "end",
        cell: (status) => <StatusMenu status={status} onAct={onAct} />,
      });
    }
    return columns;
  }, [t, onAct]);
}

function StatusMenu({ status, onAct }: { status: Status; onAct: OnAct }) {
  const { t } = useTranslation(["operators", "common"]);
  return (
    <RowMenu name={status.name}>
      <Menu.Item leftSection={<Icon name="edit" />} onClick={() => onAct("edit", status)}>
        {t("common:edit")}
      </Menu.Item>
      {!status.is_system && (
        <>
          <Menu.Item leftSection={<Icon name="arrowUp" />} onClick={() => onAct("up", status)}>
            {t("state.up")}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="arrowDown" />} onClick={() => onAct("down", status)}>
            {t("state.down")}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<Icon name="trash" />}
            onClick={() => onAct("delete", status)}
          >
            {t("common:delete")}
          </Menu.Item>
        </>
      )}
    </RowMenu>
  );
}
