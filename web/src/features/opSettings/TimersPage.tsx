// When chats that nobody goes on with end, and when somebody is told that a client waits.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { OpSettingsPage } from "@/features/shell";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { useApiForm } from "@/ui/form/useApiForm";
import classes from "./OpSettings.module.css";
import { Overrides } from "./Overrides";
import { type TimerRules, useSaveTimers, useTimers } from "./queries";
import type { Stored } from "./stored";
import { ClientTimer, OperatorTimer, TimerSwitch } from "./timerSections";
import { timerChangeOf, timerFaults, timerValuesOf } from "./timers";

export function TimersPage() {
  const { t } = useTranslation("opSettings");
  const query = useTimers();
  if (query.data) return <TimersForm stored={query.data} />;
  return (
    <OpSettingsPage title={t("timers.title")} about={t("timers.about")}>
      <Loaded query={query}>{() => null}</Loaded>
    </OpSettingsPage>
  );
}

const formId = "chat-timers";

function TimersForm({ stored }: { stored: Stored<TimerRules> }) {
  const { t } = useTranslation(["opSettings", "common"]);
  const mayEdit = useCan()("op_settings.edit");
  const save = useSaveTimers(stored.etag);
  const form = useApiForm({
    initial: timerValuesOf(stored.value),
    check: (values) =>
      Object.fromEntries(
        Object.entries(timerFaults(values)).map(([field, fault]) => [
          field,
          t(`timers.fault.${fault}`),
        ]),
      ),
    submit: (values) => save(timerChangeOf(values)),
    onDone: (saved) => {
      form.reset(timerValuesOf(saved.value));
      showDone(t("common:saved"));
    },
  });
  return (
    <OpSettingsPage
      title={t("timers.title")}
      about={t("timers.about")}
      actions={
        mayEdit && (
          <Button type="submit" form={formId} loading={form.busy} disabled={!form.dirty}>
            {t("common:save")}
          </Button>
        )
      }
    >
      <form id={formId} onSubmit={form.onSubmit} noValidate>
        <FormProblem failure={form.failure} shownFields={Object.keys(form.values)} />
        <fieldset disabled={!mayEdit} className={classes.whole}>
          <TimerSwitch form={form} />
          <fieldset disabled={!form.values.use} className={classes.whole}>
            <legend className="visually-hidden">{t("timers.title")}</legend>
            <ClientTimer form={form} />
            <OperatorTimer form={form} />
            <Overrides form={form} />
          </fieldset>
        </fieldset>
      </form>
      <UnsavedGuard when={form.dirty} />
    </OpSettingsPage>
  );
}
