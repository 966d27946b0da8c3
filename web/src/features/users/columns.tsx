// The columns of the users' table.
import { Menu } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Operator, useOperators } from "@/features/operators";
import { useMe } from "@/features/session";
import { ColorChip } from "@/ui/color/ColorChip";
import { Face } from "@/ui/Face";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { RowMenu } from "@/ui/RowMenu";
import { StatusBadge } from "@/ui/StatusBadge";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import type { User } from "./queries";
import type { Ask } from "./UserDialogs";

type Options = { mayEdit: boolean; onEdit: (user: User) => void; onAsk: (ask: Ask) => void };

type Cell = (operator: Operator) => ReactNode;

/** What is known of those users who answer clients; others have none of it. */
function useOperatorCells(): (show: Cell) => (user: User) => ReactNode {
  const operators = useOperators();
  return useMemo(() => {
    const known = new Map(operators.map((operator) => [operator.user_id, operator]));
    return (show) => (user) => {
      const operator = known.get(user.id);
      return operator ? show(operator) : null;
    };
  }, [operators]);
}

export function useUserColumns({ mayEdit, onEdit, onAsk }: Options): Column<User>[] {
  const { t } = useTranslation(["users", "common"]);
  const me = useMe();
  const ofOperator = useOperatorCells();
  return useMemo(() => {
    const menu = (user: User) => (
      <RowMenu name={user.name}>
        <Menu.Item leftSection={<Icon name="edit" />} onClick={() => onEdit(user)}>
          {t("common:edit")}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="list" />}
          onClick={() => onAsk({ kind: "sessions", user })}
        >
          {t("sessions.title")}
        </Menu.Item>
        {user.active && user.id !== me?.id && (
          <Menu.Item
            leftSection={<Icon name="key" />}
            onClick={() => onAsk({ kind: "link", user })}
          >
            {t("link.action")}
          </Menu.Item>
        )}
        {user.totp_enabled && user.id !== me?.id && (
          <Menu.Item
            leftSection={<Icon name="lock" />}
            onClick={() => onAsk({ kind: "factor", user })}
          >
            {t("factor.action")}
          </Menu.Item>
        )}
        {user.id !== me?.id && (
          <Menu.Item
            leftSection={<Icon name={user.active ? "close" : "check"} />}
            color={user.active ? "red" : undefined}
            onClick={() => onAsk({ kind: user.active ? "deactivate" : "activate", user })}
          >
            {user.active ? t("deactivate.action") : t("activate.action")}
          </Menu.Item>
        )}
      </RowMenu>
    );
    const columns: Column<User>[] = [
      {
        id: "name",
        header: t("person"),
        width: 230,
        fixed: true,
        sort: "name",
        cell: (user) => (
          <TwoLines
            main={user.name}
            sub={user.email}
            face={<Face name={user.name} picture={user.picture} size={26} staff />}
          />
        ),
      },
      {
        id: "role",
        header: t("role"),
        width: 160,
        cell: (user) => (user.is_root ? t("root") : user.role_name),
      },
      {
        id: "groups",
        header: t("groups"),
        width: 150,
        cell: ofOperator(({ groups }) => groups.map(({ name }) => name).join(", ")),
      },
      {
        id: "limit",
        header: t("limit"),
        width: 100,
        align: "end",
        cell: ofOperator(({ dialog_limit }) => dialog_limit),
      },
      {
        id: "now",
        header: t("now"),
        width: 130,
        cell: ofOperator(({ status }) => (
          <ColorChip color={status.color} plain>
            {status.name}
          </ColorChip>
        )),
      },
      {
        id: "active",
        header: t("common:status"),
        width: 130,
        rigid: true,
        cell: (user) => (
          <StatusBadge tone={user.active ? "ok" : "idle"}>
            {user.active ? t("common:active") : t("common:inactive")}
          </StatusBadge>
        ),
      },
      {
        id: "totp",
        header: t("secondFactor"),
        width: 130,
        cell: (user) => (user.totp_enabled ? t("on") : t("off")),
      },
      {
        id: "last_login",
        header: t("lastLogin"),
        width: 160,
        cell: (user) => <RelativeTime at={user.last_login_at} empty={t("common:never")} />,
      },
      {
        id: "created",
        header: t("common:created"),
        width: 160,
        hidden: true,
        cell: (user) => <RelativeTime at={user.created_at} />,
      },
    ];
    if (mayEdit) {
      columns.push({ id: "menu", header: "", width: 56, fixed: true, align: "end", cell: menu });
    }
    return columns;
  }, [t, me, ofOperator, mayEdit, onEdit, onAsk]);
}
