// The columns of the skill groups.
import { Menu } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { RowMenu } from "@/ui/RowMenu";
import { StatusBadge } from "@/ui/StatusBadge";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import classes from "./Operators.module.css";
import type { SkillGroup } from "./queries";

type Names = ReadonlyMap<number, string>;
type Options = {
  topics: Names;
  people: Names;
  onEdit?: (group: SkillGroup) => void;
  onDelete?: (group: SkillGroup) => void;
};

function listed(ids: number[], names: Names): string {
  return ids.map((id) => names.get(id) ?? `#${id}`).join(", ");
}

export function useGroupColumns({ topics, people, onEdit, onDelete }: Options) {
  const { t } = useTranslation(["operators", "common"]);
  return useMemo(() => {
    const columns: Column<SkillGroup>[] = [
      { id: "name", header: t("common:name"), width: 220, fixed: true, cell: ({ name }) => name },
      {
        id: "topics",
        header: t("skill.topics"),
        cell: ({ topic_ids }) =>
          topic_ids.length > 0 ? (
            <span className={classes.groups}>{listed(topic_ids, topics)}</span>
          ) : (
            <span className={classes.warned}>{t("skill.noTopics")}</span>
          ),
      },
      {
        id: "members",
        header: t("skill.members"),
        cell: ({ member_ids }) =>
          member_ids.length > 0 ? (
            <TwoLines
              main={t("skill.countOperators", { count: member_ids.length })}
              sub={listed(member_ids, people)}
            />
          ) : (
            <span className={classes.warned}>{t("skill.noMembers")}</span>
          ),
      },
      {
        id: "active",
        header: t("common:status"),
        width: 130,
        rigid: true,
        cell: ({ active }) => (
          <StatusBadge tone={active ? "ok" : "idle"}>
            {active ? t("skill.active") : t("skill.inactive")}
          </StatusBadge>
        ),
      },
    ];
    if (onEdit) {
      columns.push({
        id: "menu",
        header: "",
        width: 56,
        fixed: true,
        align: "end",
        cell: (group) => (
          <RowMenu name={group.name}>
            <Menu.Item leftSection={<Icon name="edit" />} onClick={() => onEdit(group)}>
              {t("common:edit")}
            </Menu.Item>
            {onDelete && (
              <Menu.Item
                color="red"
                leftSection={<Icon name="trash" />}
                onClick={() => onDelete(group)}
              >
                {t("common:delete")}
              </Menu.Item>
            )}
          </RowMenu>
        ),
      });
    }
    return columns;
  }, [t, topics, people, onEdit, onDelete]);
}
