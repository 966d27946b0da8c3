// What has to be there before a chat is closed, and for how long its client reopens it.
import { Button, NumberInput, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { OpSettingsPage } from "@/features/shell";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section } from "@/ui/page/Page";
import { closingChangeOf, closingValuesOf, demands, isWindow, longestReopening } from "./closing";
import classes from "./OpSettings.module.css";
import { type ClosingRules, useClosing, useSaveClosing } from "./queries";
import type { Stored } from "./stored";

export function ClosingPage() {
  const { t } = useTranslation("opSettings");
  const query = useClosing();
  if (query.data) return <ClosingForm stored={query.data} />;
  return (
    <OpSettingsPage title={t("closing.title")} about={t("closing.about")}>
      <Loaded query={query}>{() => null}</Loaded>
    </OpSettingsPage>
  );
}

const formId = "closing-rules";

function ClosingForm({ stored }: { stored: Stored<ClosingRules> }) {
  const { t } = useTranslation(["opSettings", "common"]);
  const mayEdit = useCan()("op_settings.edit");
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
    <OpSettingsPage
      title={t("closing.title")}
      about={t("closing.about")}
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
        </fieldset>
      </form>
      <UnsavedGuard when={form.dirty} />
    </OpSettingsPage>
  );
}
