// The groups of bots: added, renamed, deleted.
import { ActionIcon, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { ColorChip } from "@/ui/color/ColorChip";
import { showDone } from "@/ui/feedback/notify";
import { EmptyState, Loaded } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { SidePanel } from "@/ui/SidePanel";
import classes from "./Bots.module.css";
import { GroupForm } from "./GroupForm";
import { type BotGroup, useBotGroups, useDeleteGroup } from "./groups";

export function GroupsPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["botGroups", "common"]);
  const query = useBotGroups();
  const remove = useDeleteGroup();
  const [form, setForm] = useState<BotGroup | "new" | null>(null);
  const [leaving, setLeaving] = useState<BotGroup | null>(null);
  if (form) return <GroupForm group={form === "new" ? null : form} onClose={() => setForm(null)} />;
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setForm("new")}>
      {t("add")}
    </Button>
  );
  return (
    <SidePanel opened title={t("title")} onClose={onClose} footer={add}>
      <Text size="sm" c="dimmed">
        {t("about")}
      </Text>
      <Loaded query={query} rows={3}>
        {(groups) =>
          groups.length === 0 ? (
            <EmptyState icon="layout" title={t("empty")} text={t("emptyText")} />
          ) : (
            <Stack component="ul" gap={0} className={classes.groups} aria-label={t("title")}>
              {groups.map((group) => (
                <Group component="li" key={group.id} wrap="nowrap" gap={4}>
                  <span className={classes.groupName}>
                    <ColorChip color={group.color} plain>
                      {group.name}
                    </ColorChip>
                  </span>
                  <Text size="sm" c="dimmed" className={classes.groupCount}>
                    {t("bots", { count: group.bots })}
                  </Text>
                  <ActionIcon
                    aria-label={t("edit", { name: group.name })}
                    onClick={() => setForm(group)}
                  >
                    <Icon name="edit" />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={t("delete.open", { name: group.name })}
                    onClick={() => setLeaving(group)}
                  >
                    <Icon name="trash" />
                  </ActionIcon>
                </Group>
              ))}
            </Stack>
          )
        }
      </Loaded>
      {leaving && (
        <ConfirmDialog
          opened
          title={t("delete.title", { name: leaving.name })}
          consequences={[t("delete.bots")]}
          confirmLabel={t("delete.action")}
          danger
          onClose={() => setLeaving(null)}
          onConfirm={async () => {
            await remove(leaving.id);
            showDone(t("delete.done", { name: leaving.name }));
          }}
        />
      )}
    </SidePanel>
  );
}
