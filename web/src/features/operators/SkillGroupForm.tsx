// Adds or changes a skill group: its topics and its people.
import { MultiSelect, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { useTopicChoices } from "@/features/topics";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { type SkillGroup, useChangeGroup, useCreateGroup, useOperatorChoices } from "./queries";

type Props = { group: SkillGroup | null; onClose: () => void };

export function SkillGroupForm({ group, onClose }: Props) {
  const { t } = useTranslation(["operators", "common"]);
  // Topics decide who sees requests: whoever does not see all of them changes people only.
  const seesAll = useCan()("requests.view_all");
  const topics = useTopicChoices(group?.topic_ids);
  const people = useOperatorChoices();
  const create = useCreateGroup();
  const change = useChangeGroup();
  const form = useApiForm({
    initial: {
      name: group?.name ?? "",
      topic_ids: group?.topic_ids.map(String) ?? [],
      member_ids: group?.member_ids.map(String) ?? [],
      active: group?.active ?? true,
    },
    submit: ({ name, active, topic_ids, member_ids }) => {
      const people = { name, member_ids: member_ids.map(Number) };
      const body = { ...people, active, topic_ids: topic_ids.map(Number) };
      if (!group) return create(body);
      return change({ id: group.id, ...(seesAll ? body : people) });
    },
    onDone: () => {
      showDone(group ? t("common:saved") : t("skill.added"));
      onClose();
    },
  });

  return (
    <FormDrawer
      opened
      title={group ? group.name : t("skill.add")}
      form={form}
      submitLabel={group ? t("common:save") : t("skill.add")}
      onClose={onClose}
    >
      <TextInput
        label={t("common:name")}
        required
        maxLength={100}
        data-autofocus
        {...form.bindText("name")}
      />
      <MultiSelect
        label={t("skill.topics")}
        description={t(seesAll ? "skill.topicsHint" : "skill.topicsOfOthers")}
        disabled={!seesAll}
        data={topics}
        searchable
        clearable
        {...form.bind("topic_ids")}
      />
      <MultiSelect
        label={t("skill.members")}
        description={t("skill.membersHint")}
        data={people}
        searchable
        clearable
        {...form.bind("member_ids")}
      />
      <Switch
        label={t("skill.active")}
        description={t("skill.activeHint")}
        disabled={!seesAll}
        checked={form.values.active}
        onChange={(event) => form.set("active", event.currentTarget.checked)}
      />
    </FormDrawer>
  );
}
