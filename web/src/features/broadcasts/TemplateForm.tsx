// Creates or changes a template, with its text as a client would read it beside.
import { MultiSelect, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { useChannelChoices } from "@/features/channels";
import { OutgoingTags } from "@/features/links";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { ButtonsField } from "./ButtonsField";
import { ChannelTexts } from "./ChannelTexts";
import { FilesField } from "./FilesField";
import { Preview } from "./Preview";
import { type Content, type Template, useChangeTemplate, useCreateTemplate } from "./queries";
import { filled, filledByChannel } from "./texts";

type Props = { template: Template | null; onClose: () => void };

const nothing: Content = { texts: {}, channels: {}, attachments: [], buttons: [] };

export function TemplateForm({ template, onClose }: Props) {
  const { t } = useTranslation(["broadcasts", "common"]);
  const create = useCreateTemplate();
  const change = useChangeTemplate();
  const bots = useBotChoices();
  const channels = useChannelChoices();
  const [shown, setShown] = useState<"text" | "preview">("text");
  const form = useApiForm({
    initial: {
      name: template?.name ?? "",
      bot_ids: (template?.bot_ids ?? []).map(String),
      channels: template?.channels ?? [],
      content: { ...nothing, ...(template?.content as Content | undefined) },
      active: template?.active ?? true,
    },
    submit: ({ bot_ids, content, ...values }) => {
      const body = {
        ...values,
        bot_ids: bot_ids.map(Number),
        content: {
          ...content,
          texts: filled(content.texts),
          channels: filledByChannel(content.channels ?? {}),
        },
      };
      return template ? change({ id: template.id, ...body }) : create(body);
    },
    onDone: ({ id }) => {
      showDone(template ? t("common:saved") : t("created", { id }));
      onClose();
    },
  });
  const { content } = form.values;
  const put = (next: Partial<Content>) => form.set("content", { ...content, ...next });

  return (
    <FormDrawer
      opened
      title={template ? template.name : t("add")}
      form={form}
      submitLabel={template ? t("common:save") : t("common:create")}
      onClose={onClose}
    >
      <TextInput
        label={t("common:name")}
        description={template ? t("numberIs", { id: template.id }) : undefined}
        required
        maxLength={120}
        data-autofocus
        {...form.bindText("name")}
      />
      <SegmentedControl
        fullWidth
        flex="none"
        aria-label={t("whatIsShown")}
        data={[
          { value: "text", label: t("text") },
          { value: "preview", label: t("preview.title") },
        ]}
        value={shown}
        onChange={(next) => setShown(next === "preview" ? "preview" : "text")}
      />
      {shown === "preview" ? (
        <Preview content={{ ...content, texts: filled(content.texts) }} />
      ) : (
        <>
          <ChannelTexts content={content} error={form.errors.content} onChange={put} />
          <Switch
            label={t("html")}
            description={t("htmlHint")}
            checked={content.parse_mode === "HTML"}
            onChange={(event) => put({ parse_mode: event.currentTarget.checked ? "HTML" : null })}
          />
          <FilesField
            files={content.attachments ?? []}
            onAdd={(file) => put({ attachments: [...(content.attachments ?? []), file] })}
            onRemove={(at) => put({ attachments: content.attachments?.toSpliced(at, 1) })}
          />
          <ButtonsField buttons={content.buttons ?? []} onChange={(buttons) => put({ buttons })} />
          <OutgoingTags
            value={content.add_utm}
            onChange={(add_utm) => put({ add_utm: (add_utm ?? null) as Content["add_utm"] })}
          />
        </>
      )}
      <MultiSelect
        label={t("bots")}
        description={t("botsHint")}
        data={bots}
        searchable
        clearable
        {...form.bind("bot_ids")}
      />
      <MultiSelect
        label={t("channels")}
        description={t("channelsHint")}
        data={channels}
        clearable
        {...form.bind("channels")}
      />
      <Switch
        label={t("common:active")}
        description={t("activeHint")}
        checked={form.values.active}
        onChange={(event) => form.set("active", event.currentTarget.checked)}
      />
    </FormDrawer>
  );
}
