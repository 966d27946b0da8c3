// What has to be there before a chat is closed, and for how long its client reopens it.
import { NumberInput, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section } from "@/ui/page/Page";
import { closingChangeOf, closingValuesOf, demands, isWindow, longestReopening } from "./closing";
import classes from "./OpSettings.module.css";
import { type ClosingRules, useClosing, useSaveClosing } from "./queries";
import { RulesForm, RulesPage } from "./RulesPage";
import type { Stored } from "./stored";

export function ClosingPage() {
  return (
    <RulesPage name="closing" query={useClosing()}>
      {(stored) => <ClosingForm stored={stored} />}
    </RulesPage>
  );
}

function ClosingForm({ stored }: { stored: Stored<ClosingRules> }) {
  const { t } = useTranslation(["opSettings", "common"]);
  const save = useSaveClosing(stored.etag);
  const form = useApiForm({
    initial: closingValuesOf(stored.value),
    check: ({ reopen_window_h }) =>
      isWindow(reopen_window_h)
        ? {}
        : { reopen_window_h: t("between", { low: 0, high: longestReopening }) },
    submit: (values) => save(closingChangeOf(values)),
    onDone: (saved) => {
      form.reset(closingValuesOf(saved.value));
      showDone(t("common:saved"));
    },
  });
  const { values } = form;
  return (
    <RulesForm name="closing" form={form}>
      <Section title={t("closing.needs")} about={t("closing.needsText")}>
        {demands.map((demand) => (
          <Switch
            key={demand}
            label={t(`closing.${demand}`)}
            checked={values[demand]}
            error={form.errors[demand]}
            onChange={(event) => form.set(demand, event.currentTarget.checked)}
          />
        ))}
      </Section>
      <Section title={t("closing.again")} about={t("closing.againText")}>
        <NumberInput
          label={t("closing.window")}
          description={t("closing.windowHint")}
          min={0}
          max={longestReopening}
          allowDecimal={false}
          clampBehavior="none"
          classNames={{ wrapper: classes.short }}
          {...form.bind("reopen_window_h")}
        />
      </Section>
    </RulesForm>
  );
}
