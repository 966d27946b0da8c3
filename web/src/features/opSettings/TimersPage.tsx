// When chats that nobody goes on with end, and when somebody is told that a client waits.
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { useApiForm } from "@/ui/form/useApiForm";
import classes from "./OpSettings.module.css";
import { Overrides } from "./Overrides";
import { type TimerRules, useSaveTimers, useTimers } from "./queries";
import { RulesForm, RulesPage } from "./RulesPage";
import type { Stored } from "./stored";
import { ClientTimer, OperatorTimer, TimerSwitch } from "./timerSections";
import { timerChangeOf, timerFaults, timerValuesOf } from "./timers";

export function TimersPage() {
  return (
    <RulesPage name="timers" query={useTimers()}>
      {(stored) => <TimersForm stored={stored} />}
    </RulesPage>
  );
}

function TimersForm({ stored }: { stored: Stored<TimerRules> }) {
  const { t } = useTranslation(["opSettings", "common"]);
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
    <RulesForm name="timers" form={form}>
      <TimerSwitch form={form} />
      <fieldset disabled={!form.values.use} className={classes.whole}>
        <legend className="visually-hidden">{t("timers.title")}</legend>
        <ClientTimer form={form} />
        <OperatorTimer form={form} />
        <Overrides form={form} />
      </fieldset>
    </RulesForm>
  );
}
