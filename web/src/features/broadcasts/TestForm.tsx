// Sends a template to one phone number, as another system would.
import { Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { parsePairs } from "@/features/links";
import { AppLink } from "@/ui/AppLink";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { type Template, useSendTest, useTemplates } from "./queries";

type Props = { template: Template | null; onClose: () => void };

export function TestForm({ template, onClose }: Props) {
  const { t } = useTranslation("broadcasts");
  const bots = useBotChoices();
  const send = useSendTest();
  const active = useTemplates({ active: "yes" }).rows;
  const isListed = template === null || active.some(({ id }) => id === template.id);
  const templates = isListed ? active : [template, ...active];
  const [isSent, setSent] = useState(false);
  const form = useApiForm({
    initial: {
      template_id: template ? String(template.id) : null,
      bot_id: template?.bot_ids[0] ? String(template.bot_ids[0]) : null,
      phone: "",
      variables: "",
    },
    check: ({ template_id, bot_id, phone, variables }) => ({
      ...(template_id ? {} : { template_id: t("test.choose") }),
      ...(bot_id ? {} : { bot_id: t("test.choose") }),
      ...(phone.trim() ? {} : { phone: t("test.noPhone") }),
      ...(parsePairs(variables) ? {} : { variables: t("test.badValues") }),
    }),
    submit: ({ template_id, bot_id, phone, variables }) =>
      send({
        template_id: Number(template_id),
        bot_id: Number(bot_id),
        phone,
        variables: parsePairs(variables) ?? {},
      }),
    onDone: () => setSent(true),
  });
  return (
    <FormDrawer
      opened
      title={t("test.title")}
      form={form}
      submitLabel={t("test.send")}
      onClose={onClose}
      done={
        isSent ? (
          <p role="status">
            {t("test.done")}{" "}
            <AppLink to={`/broadcasts/templates?view=sent&template=${form.values.template_id}`}>
              {t("sent.title")}
            </AppLink>
          </p>
        ) : undefined
      }
    >
      <Select
        label={t("sent.template")}
        required
        searchable
        data={templates.map(({ id, name }) => ({ value: String(id), label: `${id} · ${name}` }))}
        {...form.bind("template_id")}
      />
      <Select label={t("test.bot")} required searchable data={bots} {...form.bind("bot_id")} />
      <TextInput
        label={t("sent.search")}
        description={t("test.phoneHint")}
        required
        type="tel"
        data-autofocus
        {...form.bindText("phone")}
      />
      <Textarea
        label={t("test.values")}
        description={t("test.valuesHint")}
        placeholder={t("test.valuesExample")}
        autosize
        minRows={2}
        {...form.bindText("variables")}
      />
    </FormDrawer>
  );
}
