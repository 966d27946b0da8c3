// The application at Zoho, the product name, closed chats, and which values go to which fields.
import { Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { HiddenInput } from "@/ui/form/HiddenInput";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { type FormOf, useApiForm } from "@/ui/form/useApiForm";
import { Section, SectionActions } from "@/ui/page/Page";
import { Mapping } from "./Mapping";
import { type Stored, useSaveZoho } from "./queries";
import { changeOf, dataCentres, modules, usualBases, type Values, valuesOf } from "./values";

type Props = { stored: Stored; mayEdit: boolean };

export function SettingsForm({ stored, mayEdit }: Props) {
  const { t } = useTranslation(["zoho", "common"]);
  const save = useSaveZoho(stored.etag);
  const form = useApiForm({
    initial: valuesOf(stored.zoho),
    submit: (values) => save(changeOf(values)),
    onDone: (saved) => {
      form.reset(valuesOf(saved));
      showDone(t("common:saved"));
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <fieldset disabled={!mayEdit} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Application form={form} secretSet={stored.zoho.client_secret_set} />
        <Section title={t("product.title")} about={t("product.about")}>
          <TextInput
            label={t("product.name")}
            description={t("product.hint", { name: stored.zoho.instance_name })}
            placeholder={stored.zoho.instance_name}
            {...form.bindText("product_name")}
          />
        </Section>
        <Section title={t("closing.title")} about={t("closing.about")}>
          <Switch
            label={t("closing.on")}
            checked={form.values.on_close}
            onChange={(event) => form.set("on_close", event.currentTarget.checked)}
          />
          <NativeSelect
            label={t("closing.module")}
            data={modules.map((value) => ({ value, label: t(`modules.${value}`) }))}
            {...form.bindText("module")}
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
            {t("common:save")}
          </Button>
        )}
      </SectionActions>
      <UnsavedGuard when={form.dirty} />
    </form>
  );
}

function Application({ form, secretSet }: { form: FormOf<Values>; secretSet: boolean }) {
  const { t } = useTranslation("zoho");
  const usual = usualBases(form.values.dc);
  return (
    <Section title={t("application.title")} about={t("application.about")}>
      <NativeSelect
        label={t("application.dc")}
        description={t("application.dcHint")}
        data={dataCentres.map((dc) => ({ value: dc, label: `${t(`dc.${dc}`)} (zoho.${dc})` }))}
        {...form.bindText("dc")}
      />
      <TextInput label={t("application.clientId")} {...form.bindText("client_id")} />
      <HiddenInput
        label={t("application.clientSecret")}
        description={secretSet ? t("application.secretSet") : undefined}
        autoComplete="off"
        {...form.bindText("client_secret")}
      />
      <Switch
        label={t("application.own")}
        description={t("application.ownHint")}
        checked={form.values.own}
        onChange={(event) => form.set("own", event.currentTarget.checked)}
      />
      {form.values.own && (
        <>
          <TextInput
            label={t("application.apiBase")}
            placeholder={usual.api_base}
            type="url"
            {...form.bindText("api_base")}
          />
          <TextInput
            label={t("application.accountsBase")}
            placeholder={usual.accounts_base}
            type="url"
            {...form.bindText("accounts_base")}
          />
        </>
      )}
    </Section>
  );
}
