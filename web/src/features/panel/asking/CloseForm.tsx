// What the client came with, before the request is closed.
import { Stack, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { useApiForm } from "@/ui/form/useApiForm";
import { useClose } from "../data/actions";
import { TagPicker } from "../side/TagPicker";
import { TopicPicker } from "../side/TopicPicker";
import type { Details } from "../types";
import { FormEnd, submitsByKey } from "./FormEnd";

export function CloseForm({ details, onDone }: { details: Details; onDone: () => void }) {
  const { t } = useTranslation("panel");
  const { request } = details;
  const close = useClose(request.id).mutateAsync;
  const form = useApiForm({
    initial: {
      topic_id: request.subject?.id ?? null,
      tag_ids: request.tags.map(({ id }) => id),
      reason: "",
      comment: request.comment,
    },
    submit: (values) => close({ ...values, reason: values.reason.trim() || null }),
    onDone: () => {
      showDone(t("close.done", { id: request.id }));
      onDone();
    },
  });
  return (
    <form onSubmit={form.onSubmit} onKeyDown={submitsByKey(form.save)} noValidate>
      <Stack gap="sm">
        <TopicPicker
          {...form.bind("topic_id")}
          current={request.subject}
          data-autofocus
          openOnFocus={false}
        />
        <TagPicker {...form.bind("tag_ids")} current={request.tags} />
        <TextInput label={t("close.reason")} maxLength={255} {...form.bindText("reason")} />
        <Textarea
          label={t("comment")}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={4000}
          {...form.bindText("comment")}
        />
        <FormEnd form={form} label={t("close.action")} onCancel={onDone} />
      </Stack>
    </form>
  );
}
