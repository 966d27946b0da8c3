// Key, application, changes and the mapping of a bot's connection.
import { Button, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { HiddenInput } from "@/ui/form/HiddenInput";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section, SectionActions } from "@/ui/page/Page";
import { Mapping } from "./Mapping";
import { type Stored, useSaveEsputnik } from "./queries";
import { changeOf, usualBase, valuesOf } from "./values";

type Props = { botId: number; stored: Stored; mayEdit: boolean };

export function SettingsForm({ botId, stored, mayEdit }: Props) {
  const { t } = useTranslation(["esputnik", "common"]);
  const save = useSaveEsputnik(botId, stored.etag);
  const known = stored.esputnik !== null;
  const form = useApiForm({
    initial: valuesOf(stored),
    submit: (values) => save(changeOf(values)),
    onDone: (saved) => {
      form.reset(valuesOf({ esputnik: saved }));
      showDone(t("common:saved"));
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <fieldset disabled={!mayEdit} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Section title={t("settings.title")} about={t("settings.about")}>
          <HiddenInput
            label={t("settings.apiKey")}
            description={known ? t("settings.keySet") : t("settings.apiKeyHint")}
            required={!known}
            autoComplete="off"
            {...form.bindText("api_key")}
          />
          <TextInput
            label={t("settings.appUuid")}
            description={t("settings.appUuidHint")}
            placeholder="5f1b0e8c-0000-4000-8000-000000000001"
            required
            {...form.bindText("app_uuid")}
          />
          <Switch
            label={t("settings.own")}
            description={t("settings.ownHint")}
            checked={form.values.own}
            onChange={(event) => form.set("own", event.currentTarget.checked)}
          />
          {form.values.own && (
            <TextInput
              label={t("settings.baseUrl")}
              placeholder={usualBase}
              type="url"
              {...form.bindText("base_url")}
            />
          )}
          <Switch
            label={t("settings.changes")}
            description={t("settings.changesHint")}
            checked={form.values.push_changes}
            onChange={(event) => form.set("push_changes", event.currentTarget.checked)}
          />
        </Section>
        <Section title={t("mapping.title")} about={t("mapping.about")}>
          <Mapping
            lines={form.values.mapping}
            failed={form.errors.mapping}
            onChange={(lines) => form.set("mapping", lines)}
          />
        </Section>
      </fieldset>
      <SectionActions>
        <FormProblem failure={form.failure} shownFields={Object.keys(form.values)} />
        {mayEdit && (
          <Button type="submit" loading={form.busy} disabled={!form.dirty}>
            {known ? t("common:save") : t("settings.connect")}
          </Button>
        )}
      </SectionActions>
      <UnsavedGuard when={form.dirty} />
    </form>
  );
}
