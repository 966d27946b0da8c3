// Adds or changes a topic; its alias comes from its name until somebody writes another.
import { Select, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ColorPicker } from "@/ui/color/ColorPicker";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { aliasOf, isAlias } from "./alias";
import { type Topic, useChangeTopic, useCreateTopic, useTopics } from "./queries";
import { possibleParents } from "./tree";

/** A topic that is there, or a new one below another. */
export type TopicFormOf = { topic: Topic } | { parent: number | null };

export function TopicForm({ of, onClose }: { of: TopicFormOf; onClose: () => void }) {
  const { t } = useTranslation(["topics", "common"]);
  const topic = "topic" in of ? of.topic : null;
  const parent = "topic" in of ? of.topic.parent_id : of.parent;
  const { data: topics = [] } = useTopics();
  const create = useCreateTopic();
  const change = useChangeTopic();
  const form = useApiForm({
    initial: {
      name: topic?.name ?? "",
      alias: topic?.alias ?? "",
      parent_id: parent === null ? null : String(parent),
      color: topic?.color || "gray",
      active: topic?.active ?? true,
    },
    check: ({ alias, name }) => {
      const made = alias || (topic ? "" : aliasOf(name));
      if (isAlias(made) || (!topic && !alias && !made)) return {};
      return { alias: t("badAlias") };
    },
    submit: ({ parent_id, alias, ...values }) => {
      const body = { ...values, parent_id: parent_id === null ? null : Number(parent_id) };
      if (topic) return change({ id: topic.id, alias, ...body });
      // Left empty, the server makes it from the name, and free.
      return create({ ...body, alias: alias || null });
    },
    onDone: () => {
      showDone(topic ? t("common:saved") : t("added"));
      onClose();
    },
  });

  return (
    <FormDrawer
      opened
      title={topic ? topic.name : t("add")}
      form={form}
      submitLabel={topic ? t("common:save") : t("add")}
      onClose={onClose}
    >
      <TextInput
        label={t("common:name")}
        required
        maxLength={100}
        data-autofocus
        {...form.bindText("name")}
      />
      <TextInput
        label={t("alias")}
        description={t(topic ? "aliasUsed" : "aliasHint")}
        maxLength={64}
        placeholder={topic ? undefined : aliasOf(form.values.name)}
        autoComplete="off"
        spellCheck={false}
        {...form.bindText("alias")}
      />
      <Select
        label={t("parent")}
        placeholder={t("noParent")}
        data={possibleParents(topics, topic?.id ?? null).map(({ id, path }) => ({
          value: String(id),
          label: path,
        }))}
        searchable
        clearable
        {...form.bind("parent_id")}
      />
      <ColorPicker label={t("color")} {...form.bind("color")} />
      <Switch
        label={t("active")}
        description={t("activeHint")}
        checked={form.values.active}
        onChange={(event) => form.set("active", event.currentTarget.checked)}
      />
    </FormDrawer>
  );
}
