// Keeps a client out, for a while or until he is let in again.
import { Select, Stack, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { useApiForm } from "@/ui/form/useApiForm";
import { useBlock } from "../data/actions";
import type { Details } from "../types";
import { FormEnd, submitsByKey } from "./FormEnd";

const dayMs = 86_400_000;
const lasting = { ever: null, day: 1, week: 7, month: 30 } as const;
type Lasting = keyof typeof lasting;

export function BlockForm({ details, onDone }: { details: Details; onDone: () => void }) {
  const { t } = useTranslation("panel");
  const { id, client_name } = details.request;
  const block = useBlock(id).mutateAsync;
  const form = useApiForm({
    initial: { reason: "", until: "ever" as Lasting },
    submit: ({ reason, until }) => {
      const days = lasting[until];
      const end = days === null ? null : new Date(Date.now() + days * dayMs).toISOString();
      return block({ reason: reason.trim(), until: end });
    },
    onDone: () => {
      showDone(t("block.done", { name: client_name }));
      onDone();
    },
    check: ({ reason }) => (reason.trim() ? {} : { reason: t("block.needsReason") }),
  });
  return (
    <form onSubmit={form.onSubmit} onKeyDown={submitsByKey(form.save)} noValidate>
      <Stack gap="sm">
        {t("block.text")}
        <Textarea
          label={t("block.reason")}
          withAsterisk
          autosize
          minRows={2}
          maxLength={500}
          data-autofocus
          {...form.bindText("reason")}
        />
        <Select
          label={t("block.until")}
          data={(Object.keys(lasting) as Lasting[]).map((value) => ({
            value,
            label: t(`block.${value}`),
          }))}
          value={form.values.until}
          onChange={(value) => form.set("until", (value ?? "ever") as Lasting)}
        />
        <FormEnd form={form} label={t("block.action")} danger onCancel={onDone} />
      </Stack>
    </form>
  );
}
