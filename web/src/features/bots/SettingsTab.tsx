// Name, alias, languages, and the end of a bot.
import { Alert, Button, Group, MultiSelect, Switch, TagsInput, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { useApiForm } from "@/ui/form/useApiForm";
import { ZoneSelect } from "@/ui/form/ZoneSelect";
import { Section, SectionActions } from "@/ui/page/Page";
import { ArchiveDialog } from "./ArchiveDialog";
import { isAlias } from "./alias";
import { Completeness } from "./Completeness";
import { GroupSelect } from "./GroupSelect";
import { useLanguageChoices, useLanguageName } from "./languageChoices";
import { type Bot, useUpdateBot } from "./queries";

type Props = { bot: Bot; etag: string | null };

export function SettingsTab({ bot, etag }: Props) {
  const { t } = useTranslation(["bots", "common"]);
  const can = useCan();
  const mayEdit = can("bots.edit");
  const update = useUpdateBot(bot.id, etag);
  const choices = useLanguageChoices();
  const languageName = useLanguageName();
  const initial = {
    name: bot.name,
    alias: bot.alias,
    group_id: bot.group_id,
    timezone: bot.timezone,
    test_mode: bot.test_mode,
    languages: bot.languages,
    error_text: bot.error_text,
    unsubscribe_words: bot.unsubscribe_words,
  };
  const form = useApiForm({
    initial,
    check: ({ alias }) => (isAlias(alias) ? {} : { alias: t("badAlias") }),
    submit: update,
    onDone: () => showDone(t("common:saved")),
  });
  const [first] = form.values.languages;

  return (
    <form onSubmit={form.onSubmit} noValidate>
      {!mayEdit && <Alert color="gray">{t("common:readOnly", { permission: "bots.edit" })}</Alert>}
      <fieldset disabled={!mayEdit} style={{ border: 0, margin: 0, padding: 0 }}>
        <Section title={t("general.title")} about={t("general.about")}>
          <TextInput label={t("common:name")} required {...form.bindText("name")} />
          <TextInput
            label={t("alias")}
            description={t("aliasHint")}
            required
            {...form.bindText("alias")}
          />
          <GroupSelect {...form.bind("group_id")} />
          <ZoneSelect label={t("timezone")} {...form.bind("timezone")} />
          <Switch
            label={t("testMode")}
            description={t("testModeHint")}
            checked={form.values.test_mode}
            onChange={(event) => form.set("test_mode", event.currentTarget.checked)}
          />
        </Section>
        <Section title={t("languages")} about={t("languagesAbout")}>
          <MultiSelect
            label={t("languages")}
            description={first ? t("firstLanguage", { language: languageName(first) }) : undefined}
            data={choices}
            searchable
            {...form.bind("languages")}
          />
          {can("scenarios.view") && <Completeness botId={bot.id} />}
          {form.values.languages.map((code) => (
            <TextInput
              key={code}
              label={t("errorText", { language: languageName(code) })}
              placeholder={t("errorTextHint")}
              value={form.values.error_text[code] ?? ""}
              error={form.errors.error_text}
              onChange={(event) =>
                form.set("error_text", withText(form.values.error_text, code, event.target.value))
              }
            />
          ))}
        </Section>
        <Section title={t("stopWords.title")} about={t("stopWords.about")}>
          <TagsInput
            label={t("stopWords.label")}
            description={t("stopWords.hint")}
            maxTags={30}
            maxLength={64}
            disabled={!mayEdit}
            {...form.bind("unsubscribe_words")}
          />
        </Section>
      </fieldset>
      <FormProblem failure={form.failure} shownFields={Object.keys(form.values)} />
      {mayEdit && (
        <SectionActions>
          <Button type="submit" loading={form.busy} disabled={!form.dirty}>
            {t("common:save")}
          </Button>
        </SectionActions>
      )}
      <UnsavedGuard when={form.dirty} />
      {can("bots.delete") && <ArchiveSection bot={bot} />}
    </form>
  );
}

function withText(texts: Record<string, string>, code: string, text: string) {
  const { [code]: _before, ...rest } = texts;
  return text ? { ...rest, [code]: text } : rest;
}

function ArchiveSection({ bot }: { bot: Bot }) {
  const { t } = useTranslation("bots");
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  return (
    <Section title={t("archive.title")} about={t("archive.about")}>
      <Group>
        <Button color="red" variant="light" onClick={() => setAsking(true)}>
          {t("archive.action")}
        </Button>
      </Group>
      <ArchiveDialog
        bot={bot}
        opened={asking}
        onClose={() => setAsking(false)}
        onDone={() => navigate({ to: "/bots" })}
      />
    </Section>
  );
}
