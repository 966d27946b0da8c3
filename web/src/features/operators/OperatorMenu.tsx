// What a supervisor does with one operator: his chats, status, limits, a pause.
import { Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { ColorDot } from "@/ui/color/ColorChip";
import { Icon } from "@/ui/Icon";
import { RowMenu } from "@/ui/RowMenu";
import { type Operator, type Status, useStatuses } from "./queries";

export type Acts = {
  onEdit?: (operator: Operator) => void;
  onStatus?: (operator: Operator, status: Status) => void;
  onPause?: (operator: Operator) => void;
  onLog?: (operator: Operator) => void;
  onMessage?: (operator: Operator) => void;
};

export function OperatorMenu({ operator, acts }: { operator: Operator; acts: Acts }) {
  const { t } = useTranslation("operators");
  const can = useCan();
  const { data: statuses = [] } = useStatuses();
  const { onEdit, onStatus, onPause, onLog, onMessage } = acts;
  return (
    <RowMenu name={operator.name}>
      {can("requests.view") && (
        <Menu.Item
          leftSection={<Icon name="list" />}
          renderRoot={(props) => (
            <Link
              to="/operator_panel/requests/{-$number}"
              search={{ folder: "all", assignee_id: String(operator.user_id) }}
              {...props}
            />
          )}
        >
          {t("menu.list")}
        </Menu.Item>
      )}
      {onMessage && (
        <Menu.Item leftSection={<Icon name="send" />} onClick={() => onMessage(operator)}>
          {t("menu.message")}
        </Menu.Item>
      )}
      {onEdit && (
        <Menu.Item leftSection={<Icon name="edit" />} onClick={() => onEdit(operator)}>
          {t("menu.limits")}
        </Menu.Item>
      )}
      {onPause && (
        <Menu.Item
          leftSection={<Icon name={operator.paused ? "play" : "pause"} />}
          onClick={() => onPause(operator)}
        >
          {operator.paused ? t("menu.resume") : t("menu.pause")}
        </Menu.Item>
      )}
      {onLog && (
        <Menu.Item leftSection={<Icon name="clock" />} onClick={() => onLog(operator)}>
          {t("menu.log")}
        </Menu.Item>
      )}
      {onStatus && <Menu.Divider />}
      {onStatus &&
        statuses.map((status) => (
          <Menu.Item
            key={status.id}
            leftSection={<ColorDot color={status.color} />}
            rightSection={status.id === operator.status.id ? <Icon name="check" /> : undefined}
            disabled={status.id === operator.status.id}
            onClick={() => onStatus(operator, status)}
          >
            {t("menu.status", { status: status.name })}
          </Menu.Item>
        ))}
    </RowMenu>
  );
}
