// The text of a template by language, and other texts for single channels.
import { Group, Input, Select, Stack, Textarea } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguageChoices, useLanguageName } from "@/features/bots";
import { useChannelChoices } from "@/features/channels";
import { languages } from "@/i18n";
import type { Content } from "./queries";

// As scenarios and templates write them.
const places = { value: "{{order}}", ofClient: "{{client.first_name|default:friend}}" };

type Props = {
  content: Content;
  error?: string;
  onChange: (next: Partial<Content>) => void;
};

export function ChannelTexts({ content, error, onChange }: Props) {
  const { t } = useTranslation("broadcasts");
  const id = useId();
  const [channel, setChannel] = useState<string | null>(null);
  const [added, setAdded] = useState<string[]>([]);
  const channels = useChannelChoices();
  const nameOf = useLanguageName();
  const choices = useLanguageChoices();
  const own = channel === null ? content.texts : (content.channels?.[channel] ?? {});
  const shown = [...new Set<string>([...languages, ...added, ...Object.keys(content.texts)])];
  const put = (language: string, text: string) => {
    const next = { ...own, [language]: text };
    if (channel === null) onChange({ texts: next });
    else onChange({ channels: { ...content.channels, [channel]: next } });
  };
  return (
    <Input.Wrapper
      label={t("texts")}
      description={t("textsHint", places)}
      error={error}
      labelElement="div"
      labelProps={{ id }}
    >
      <Stack gap="xs" mt={6} role="group" aria-labelledby={id}>
        <Select
          aria-label={t("forChannel")}
          placeholder={t("forEveryChannel")}
          data={channels.map(({ value, label }) => ({
            value,
            label: t("forOne", { name: label }),
          }))}
          clearable
          value={channel}
          onChange={setChannel}
        />
        {shown.map((language) => (
          <Textarea
            key={language}
            label={nameOf(language)}
            placeholder={channel === null ? undefined : content.texts[language]}
            autosize
            minRows={2}
            maxRows={12}
            maxLength={10_000}
            value={own[language] ?? ""}
            onChange={(event) => put(language, event.currentTarget.value)}
          />
        ))}
        <Group>
          <Select
            aria-label={t("addLanguage")}
            placeholder={t("addLanguage")}
            data={choices.filter(({ value }) => !shown.includes(value))}
            value={null}
            searchable
            onChange={(language) => language && setAdded((before) => [...before, language])}
          />
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}
