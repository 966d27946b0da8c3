// What changes a waiting request: its weight, its topic, its end.
import { NumberInput, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useTopicChoices } from "@/features/topics";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { type QueueRow, useClose, useSetTopic, useWeigh } from "./queries";

type Props = { row: QueueRow; onClose: () => void };
const heaviest = 1000;

export function WeightForm({ row, onClose }: Props) {
  const { t } = useTranslation(["queue", "common"]);
  const weigh = useWeigh();
  const form = useApiForm({
    initial: { weight: row.weight as number | string },
    check: ({ weight }) => {
      const fits = weight !== "" && Number.isInteger(Number(weight));
      return fits && Math.abs(Number(weight)) <= heaviest ? {} : { weight: t("weigh.bad") };
    },
    submit: ({ weight }) => weigh({ id: row.id, weight: Number(weight) }),
    onDone: () => {
      showDone(t("common:saved"));
      onClose();
    },
  });
  return (
    <FormDrawer
      opened
      title={t("weigh.title", { id: row.id })}
      form={form}
      submitLabel={t("common:save")}
      onClose={onClose}
    >
      <NumberInput
        label={t("weight")}
        description={t("weigh.hint")}
        min={-heaviest}
        max={heaviest}
        step={10}
        allowDecimal={false}
        clampBehavior="none"
        data-autofocus
        {...form.bind("weight")}
      />
    </FormDrawer>
  );
}

export function TopicForm({ row, onClose }: Props) {
  const { t } = useTranslation(["queue", "common"]);
  const topics = useTopicChoices([row.subject?.id ?? null]);
  const set = useSetTopic();
  const form = useApiForm({
    initial: { subject_id: row.subject ? String(row.subject.id) : null },
    check: ({ subject_id }) => (subject_id ? {} : { subject_id: t("retopic.choose") }),
    submit: ({ subject_id }) => set({ id: row.id, subject_id: Number(subject_id) }),
    onDone: () => {
      showDone(t("common:saved"));
      onClose();
    },
  });
  return (
    <FormDrawer
      opened
      title={t("retopic.title", { id: row.id })}
      form={form}
      submitLabel={t("common:save")}
      onClose={onClose}
    >
      <Select
        label={t("topic")}
        description={t("retopic.hint")}
        placeholder={t("retopic.choose")}
        data={topics}
        searchable
        data-autofocus
        {...form.bind("subject_id")}
      />
    </FormDrawer>
  );
}

export function CloseForm({ row, onClose }: Props) {
  const { t } = useTranslation("queue");
  const close = useClose();
  const form = useApiForm({
    initial: { reason: "" },
    submit: ({ reason }) => close({ id: row.id, reason: reason || null }),
    onDone: () => {
      showDone(t("close.done", { id: row.id }));
      onClose();
    },
  });
  return (
    <FormDrawer
      opened
      title={t("close.title", { id: row.id })}
      form={form}
      submitLabel={t("close.submit")}
      onClose={onClose}
    >
      <TextInput
        label={t("close.reason")}
        description={t("close.hint")}
        maxLength={255}
        data-autofocus
        {...form.bindText("reason")}
      />
    </FormDrawer>
  );
}
