// The forms of the actions for many requests; what is left empty stays as each request has it.
import { Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useApiForm } from "@/ui/form/useApiForm";
import { FormEnd, submitsByKey } from "../../asking/FormEnd";
import { useColleagues } from "../../data/team";
import type { Change } from "../../logic/bulk";
import { TagPicker } from "../../side/TagPicker";
import { TopicPicker } from "../../side/TopicPicker";

type Props = { count: number; onRun: (change: Change) => void; onCancel: () => void };

const queue = "queue";

export function AssignMany({ count, onRun, onCancel }: Props) {
  const { t } = useTranslation(["panel", "panelMany"]);
  const colleagues = useColleagues();
  const form = useApiForm({
    initial: { operator: null as string | null },
    check: ({ operator }) => (operator ? {} : { operator: t("transfer.chooseOperator") }),
    submit: async ({ operator }) => {
      const operator_id = operator === queue ? null : Number(operator);
      onRun({ assign: { operator_id, over_limit: false } });
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm">
        <Select
          label={t("transfer.operator")}
          placeholder={t("transfer.search")}
          searchable
          data={[...colleagues, { value: queue, label: t("panelMany:assign.queue") }]}
          nothingFoundMessage={t("transfer.noOperator")}
          data-autofocus
          {...form.bind("operator")}
        />
        <FormEnd form={form} label={t("panelMany:assign.action", { count })} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

export function TagMany({ count, onRun, onCancel }: Props) {
  const { t } = useTranslation(["panel", "panelMany"]);
  const form = useApiForm({
    initial: { add: [] as number[], remove: [] as number[] },
    check: ({ add, remove }) =>
      add.length + remove.length > 0 ? {} : { add: t("panelMany:tags.none") },
    submit: async ({ add, remove }) => onRun({ tags: { add, remove } }),
  });
  return (
    <form onSubmit={form.onSubmit} onKeyDown={submitsByKey(form.save)} noValidate>
      <Stack gap="sm">
        <TagPicker label={t("panelMany:tags.add")} {...form.bind("add")} data-autofocus />
        <TagPicker label={t("panelMany:tags.remove")} {...form.bind("remove")} />
        <FormEnd form={form} label={t("panelMany:tags.action", { count })} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

export function TopicMany({ count, onRun, onCancel }: Props) {
  const { t } = useTranslation(["panel", "panelMany"]);
  const form = useApiForm({
    initial: { topic: null as number | null },
    check: ({ topic }) => (topic ? {} : { topic: t("transfer.chooseTopic") }),
    submit: async ({ topic }) => onRun({ topic: { subject_id: topic } }),
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm">
        <TopicPicker {...form.bind("topic")} data-autofocus openOnFocus={false} />
        <FormEnd form={form} label={t("panelMany:topic.action", { count })} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

export function CloseMany({ count, onRun, onCancel }: Props) {
  const { t } = useTranslation(["panel", "panelMany"]);
  const form = useApiForm({
    initial: { reason: "", topic: null as number | null, comment: "" },
    submit: async ({ reason, topic, comment }) =>
      onRun({
        close: {
          ...(reason.trim() && { reason: reason.trim() }),
          ...(topic !== null && { topic_id: topic }),
          ...(comment.trim() && { comment: comment.trim() }),
        },
      }),
  });
  return (
    <form onSubmit={form.onSubmit} onKeyDown={submitsByKey(form.save)} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t("close.reason")}
          maxLength={255}
          data-autofocus
          {...form.bindText("reason")}
        />
        <TopicPicker {...form.bind("topic")} placeholder={t("panelMany:close.keeps")} />
        <Textarea
          label={t("comment")}
          placeholder={t("panelMany:close.keeps")}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={4000}
          {...form.bindText("comment")}
        />
        <FormEnd form={form} label={t("panelMany:close.action", { count })} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
