// How requests find their operator.
import { Button, Radio, Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { OpSettingsPage } from "@/features/shell";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section } from "@/ui/page/Page";
import { bounds, changeOf, methods, outOfBounds, ruleValuesOf } from "./distribution";
import classes from "./OpSettings.module.css";
import { type Rules, useRules, useSaveRules } from "./queries";
import { RuleNumber } from "./RuleNumber";
import type { Stored } from "./stored";

export function DistributionPage() {
  const { t } = useTranslation("opSettings");
  const query = useRules();
  if (query.data) return <RulesForm stored={query.data} />;
  return (
    <OpSettingsPage title={t("distribution.title")} about={t("distribution.about")}>
      <Loaded query={query}>{() => null}</Loaded>
    </OpSettingsPage>
  );
}

const formId = "distribution-rules";

function RulesForm({ stored }: { stored: Stored<Rules> }) {
  const { t } = useTranslation(["opSettings", "common"]);
  const mayEdit = useCan()("op_settings.edit");
  const save = useSaveRules(stored.etag);
  const form = useApiForm({
    initial: ruleValuesOf(stored.value),
    check: (values) =>
      Object.fromEntries(
        outOfBounds(values).map((rule) => [rule, t("between", { low: 0, high: bounds[rule] })]),
      ),
    submit: (values) => save(changeOf(values)),
    onDone: (saved) => {
      form.reset(ruleValuesOf(saved.value));
      showDone(t("common:saved"));
    },
  });
  const { values } = form;
  return (
    <OpSettingsPage
      title={t("distribution.title")}
      about={t("distribution.about")}
      actions={
        mayEdit && (
          <Button type="submit" form={formId} loading={form.busy} disabled={!form.dirty}>
            {t("common:save")}
          </Button>
        )
      }
    >
      <form id={formId} onSubmit={form.onSubmit} noValidate>
        <FormProblem failure={form.failure} shownFields={Object.keys(values)} />
        <fieldset disabled={!mayEdit} className={classes.whole}>
          <Section title={t("distribution.auto")} about={t("distribution.autoText")}>
            <Switch
              label={t("distribution.autoConnect")}
              description={t("distribution.autoConnectHint")}
              checked={values.auto_connect}
              onChange={(event) => form.set("auto_connect", event.currentTarget.checked)}
            />
          </Section>
          <Section title={t("distribution.method")} about={t("distribution.methodText")}>
            <Radio.Group
              aria-label={t("distribution.method")}
              value={values.method}
              error={form.errors.method}
              onChange={(value) =>
                form.set("method", methods.find((one) => one === value) ?? "by_default")
              }
            >
              <Stack gap="sm">
                {methods.map((method) => (
                  <Radio
                    key={method}
                    value={method}
                    label={t(`distribution.methods.${method}.name`)}
                    description={t(`distribution.methods.${method}.text`)}
                  />
                ))}
              </Stack>
            </Radio.Group>
            <RuleNumber form={form} rule="prefer_last_days" />
          </Section>
          <Section title={t("distribution.times")} about={t("distribution.timesText")}>
            <RuleNumber form={form} rule="accept_timeout_s" />
          </Section>
        </fieldset>
      </form>
      <UnsavedGuard when={form.dirty} />
    </OpSettingsPage>
  );
}
