// The fields of the builder: where the link leads and what it carries.
import { Fieldset, Select, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { useChannelName } from "@/features/channels";
import type { FormOf } from "@/ui/form/useApiForm";
import { useEntries, useLinkChannels } from "./queries";
import { TagFields } from "./TagFields";
import type { LinkValues } from "./values";

type Props = {
  form: FormOf<LinkValues>;
  fixed: boolean;
  /** The address, where it is in sight while what it carries is typed. */
  children: ReactNode;
};

export function LinkFields({ form, fixed, children }: Props) {
  const { t } = useTranslation("links");
  const bots = useBotChoices();
  const channelName = useChannelName();
  const { values } = form;
  const botId = values.bot_id ? Number(values.bot_id) : null;
  const channels = useLinkChannels(botId);
  const chosen = channels.data?.find(({ channel }) => channel === values.channel);
  return (
    <>
      <Select
        label={t("form.bot")}
        required
        data={bots}
        searchable
        disabled={fixed}
        allowDeselect={false}
        {...form.bind("bot_id")}
        onChange={(bot) => {
          form.set("bot_id", bot);
          form.set("channel", null);
          form.set("node_id", null);
        }}
      />
      <Select
        label={t("form.channel")}
        required
        disabled={fixed || botId === null}
        allowDeselect={false}
        description={channels.data?.length === 0 ? t("form.noChannels") : undefined}
        data={(channels.data ?? []).map(({ channel, name }) => ({
          value: channel,
          label: name ? `${channelName(channel)} – ${name}` : channelName(channel),
        }))}
        {...form.bind("channel")}
      />
      {botId !== null && <EntrySelect botId={botId} form={form} />}
      <TextInput
        label={t("form.value")}
        description={t("form.valueHint")}
        {...form.bindText("value")}
      />
      {children}
      <Textarea
        label={t("form.payload")}
        description={t("form.payloadHint")}
        placeholder={t("form.payloadExample")}
        autosize
        minRows={2}
        {...form.bindText("payload")}
      />
      <Fieldset legend={t("form.tags")}>
        <TagFields tags={values.utm} onChange={(utm) => form.set("utm", utm)} />
      </Fieldset>
      {chosen?.with_text && (
        <TextInput
          label={t("form.text")}
          description={t("form.textHint")}
          {...form.bindText("text")}
        />
      )}
      <TextInput
        label={t("form.label")}
        description={t("form.labelHint")}
        maxLength={100}
        {...form.bindText("label")}
      />
      <TextInput
        type="datetime-local"
        label={t("form.expires")}
        description={t("form.expiresHint")}
        {...form.bindText("expires_at")}
      />
    </>
  );
}

function EntrySelect({ botId, form }: { botId: number; form: FormOf<LinkValues> }) {
  const { t } = useTranslation("links");
  const points = useEntries(botId).data ?? [];
  const chosen = form.values.node_id;
  const known = points
    .filter(({ published }) => published)
    .map((point) => ({
      value: String(point.node_id),
      label: `${point.name || point.alias || t("form.entry")} #${point.node_id}`,
    }));
  const isListed = chosen === null || known.some(({ value }) => value === chosen);
  return (
    <Select
      label={t("form.entry")}
      description={t("form.entryHint")}
      placeholder={t("form.start")}
      clearable
      searchable
      data={isListed ? known : [...known, { value: chosen, label: `#${chosen}` }]}
      {...form.bind("node_id")}
    />
  );
}
