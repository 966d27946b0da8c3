// How requests find their operator.
import { Radio, Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section } from "@/ui/page/Page";
import { bounds, changeOf, methods, outOfBounds, ruleValuesOf } from "./distribution";
import { type Rules, useRules, useSaveRules } from "./queries";
import { RuleNumber } from "./RuleNumber";
import { RulesForm, RulesPage } from "./RulesPage";
import type { Stored } from "./stored";

export function DistributionPage() {
  return (
    <RulesPage name="distribution" query={useRules()}>
      {(stored) => <DistributionForm stored={stored} />}
    </RulesPage>
  );
}

function DistributionForm({ stored }: { stored: Stored<Rules> }) {
  const { t } = useTranslation(["opSettings", "common"]);
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
    <RulesForm name="distribution" form={form}>
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
    </RulesForm>
  );
}
