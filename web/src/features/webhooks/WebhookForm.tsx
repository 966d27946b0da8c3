// Creates or changes a webhook; the new one shows its secret once.
import { MultiSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { useTopicChoices } from "@/features/topics";
import { SecretOnce } from "@/ui/CopyField";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { HiddenInput } from "@/ui/form/HiddenInput";
import { useApiForm } from "@/ui/form/useApiForm";
import { EventPicker } from "./EventPicker";
import { headersText, parseHeaders } from "./headers";
import { useChangeWebhook, useCreateWebhook, type Webhook } from "./queries";

const sampleHeader = "X-Tenant: shop";

type Props = { webhook: Webhook | null; onClose: () => void };

export function WebhookForm({ webhook, onClose }: Props) {
  const { t } = useTranslation(["webhooks", "common"]);
  const create = useCreateWebhook();
  const change = useChangeWebhook();
  const bots = useBotChoices();
  const topics = useTopicChoices(webhook?.subject_ids);
  const [secret, setSecret] = useState<string | null>(null);
  const form = useApiForm({
    initial: {
      name: webhook?.name ?? "",
      url: webhook?.url ?? "",
      events: webhook?.events ?? ["*"],
      bot_ids: (webhook?.bot_ids ?? []).map(String),
      subject_ids: (webhook?.subject_ids ?? []).map(String),
      headers: headersText(webhook?.headers ?? {}),
      x_access_token: "",
      timeout_s: webhook?.timeout_s ?? 10,
      order_hold_min: webhook?.order_hold_min ?? 30,
    },
    check: ({ headers }) => (parseHeaders(headers) ? {} : { headers: t("form.badHeaders") }),
    submit: async ({ x_access_token, headers, bot_ids, subject_ids, ...values }) => {
      const body = {
        ...values,
        bot_ids: bot_ids.map(Number),
        subject_ids: subject_ids.map(Number),
        headers: parseHeaders(headers) ?? {},
        // Left empty it stays as it is.
        ...(x_access_token ? { x_access_token } : {}),
      };
      if (webhook) {
        await change({ id: webhook.id, ...body });
        return null;
      }
      return (await create(body)).secret;
    },
    onDone: (made) => {
      if (made) return setSecret(made);
      showDone(t("common:saved"));
      onClose();
    },
  });

  return (
    <FormDrawer
      opened
      title={webhook ? webhook.name : t("add")}
      form={form}
      submitLabel={webhook ? t("common:save") : t("common:create")}
      onClose={onClose}
      done={secret ? <SecretOnce label={t("form.secret")} value={secret} /> : undefined}
    >
      <TextInput
        label={t("common:name")}
        required
        maxLength={80}
        data-autofocus={webhook ? undefined : true}
        {...form.bindText("name")}
      />
      <TextInput
        label={t("form.url")}
        description={t("form.urlHint")}
        type="url"
        required
        {...form.bindText("url")}
      />
      <EventPicker {...form.bind("events")} />
      <MultiSelect
        label={t("form.bots")}
        description={t("form.botsHint")}
        data={bots}
        searchable
        clearable
        {...form.bind("bot_ids")}
      />
      <MultiSelect
        label={t("form.topics")}
        description={t("form.topicsHint")}
        data={topics}
        searchable
        clearable
        {...form.bind("subject_ids")}
      />
      <Textarea
        label={t("form.headers")}
        description={t("form.headersHint")}
        placeholder={sampleHeader}
        autosize
        minRows={2}
        {...form.bindText("headers")}
      />
      <HiddenInput
        label={t("form.token")}
        description={webhook?.x_access_token_set ? t("form.tokenSet") : t("form.tokenHint")}
        autoComplete="off"
        {...form.bindText("x_access_token")}
      />
      <NumberInput
        label={t("form.timeout")}
        min={1}
        max={30}
        {...form.bind("timeout_s")}
        onChange={(value) => form.set("timeout_s", Number(value))}
      />
      <NumberInput
        label={t("form.hold")}
        description={t("form.holdHint")}
        min={0}
        max={1440}
        {...form.bind("order_hold_min")}
        onChange={(value) => form.set("order_hold_min", Number(value))}
      />
    </FormDrawer>
  );
}
