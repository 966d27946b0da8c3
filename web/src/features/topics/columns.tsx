// The columns of the tree of topics, with the menu of each.
import { Menu } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ColorChip } from "@/ui/color/ColorChip";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { RowMenu } from "@/ui/RowMenu";
import { StatusBadge } from "@/ui/StatusBadge";
import type { Column } from "@/ui/table/columns";
import type { Topic } from "./queries";
import classes from "./Topics.module.css";
import type { Branch } from "./tree";

export type TopicRow = Branch<Topic>;
export type Act = "edit" | "below" | "switch" | "delete";
type OnAct = (act: Act, topic: TopicRow) => void;

export function useTopicColumns(onAct?: OnAct): Column<TopicRow>[] {
  const { t } = useTranslation(["topics", "common"]);
  return useMemo(() => {
    const columns: Column<TopicRow>[] = [
      {
        id: "name",
        header: t("common:name"),
        fixed: true,
        cell: (topic) => (
          <span className={classes.name} style={{ "--depth": topic.depth } as React.CSSProperties}>
            <ColorChip color={topic.color} muted={!topic.active} plain>
              {topic.name}
            </ColorChip>
          </span>
        ),
      },
      {
        id: "alias",
        header: t("alias"),
        width: 240,
        cell: (topic) => <code>{topic.alias}</code>,
      },
      {
        id: "active",
        header: t("common:status"),
        width: 140,
        rigid: true,
        cell: ({ active }) => (
          <StatusBadge tone={active ? "ok" : "idle"}>
            {active ? t("active") : t("inactive")}
          </StatusBadge>
        ),
      },
      {
        id: "created",
        header: t("common:created"),
        width: 150,
        cell: (topic) => <RelativeTime at={topic.created_at} />,
      },
    ];
    if (onAct) {
      columns.push({
        id: "menu",
        header: "",
        width: 56,
        fixed: true,
        align: "end",
        cell: (topic) => <TopicMenu topic={topic} onAct={onAct} />,
      });
    }
    return columns;
  }, [t, onAct]);
}

function TopicMenu({ topic, onAct }: { topic: TopicRow; onAct: OnAct }) {
  const { t } = useTranslation(["topics", "common"]);
  return (
    <RowMenu name={topic.name}>
      <Menu.Item leftSection={<Icon name="edit" />} onClick={() => onAct("edit", topic)}>
        {t("common:edit")}
      </Menu.Item>
      <Menu.Item leftSection={<Icon name="plus" />} onClick={() => onAct("below", topic)}>
        {t("addBelow")}
      </Menu.Item>
      <Menu.Item
        leftSection={<Icon name={topic.active ? "pause" : "play"} />}
        onClick={() => onAct("switch", topic)}
      >
        {topic.active ? t("deactivate.action") : t("activate.action")}
      </Menu.Item>
      <Menu.Item
        color="red"
        leftSection={<Icon name="trash" />}
        onClick={() => onAct("delete", topic)}
      >
        {t("common:delete")}
      </Menu.Item>
    </RowMenu>
  );
}
