// The timers for everyone: of the client's silence and of the operator's.
import { NumberInput, Select, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FormOf } from "@/ui/form/useApiForm";
import { Section } from "@/ui/page/Page";
import classes from "./OpSettings.module.css";
import { TextsByLanguage } from "./TextsByLanguage";
import { actions, longest, operatorActions, type TimerValues, type Typed } from "./timers";

// The placeholder of the server, the same in every language.
const MINUTES = "{minutes}";

export type TimerForm = FormOf<TimerValues>;
type Props = { form: TimerForm };

export function TimerSwitch({ form }: Props) {
  const { t } = useTranslation("opSettings");
  return (
    <Section title={t("timers.switch")} about={t("timers.switchText")}>
      <Switch
        label={t("timers.use")}
        description={t("timers.useHint")}
        checked={form.values.use}
        onChange={(event) => form.set("use", event.currentTarget.checked)}
      />
    </Section>
  );
}

type MinutesProps = {
  label: string;
  description?: string;
  placeholder?: string;
  required?: boolean;
  value: Typed;
  error?: string;
  onChange: (typed: Typed) => void;
};

export function Minutes(props: MinutesProps) {
  return (
    <NumberInput
      min={1}
      max={longest}
      allowDecimal={false}
      clampBehavior="none"
      classNames={{ wrapper: classes.short }}
      {...props}
    />
  );
}

export function ClientTimer({ form }: Props) {
  const { t } = useTranslation("opSettings");
  return (
    <Section title={t("timers.client")} about={t("timers.clientText")}>
      <Minutes
        label={t("timers.minutes")}
        description={t("timers.minutesHint")}
        required
        {...form.bind("minutes")}
      />
      <Select
        label={t("timers.action")}
        description={t("timers.actionHint")}
        data={actions.map((value) => ({ value, label: t(`timers.actions.${value}`) }))}
        {...form.bind("action")}
        onChange={(value) =>
          form.set("action", actions.find((action) => action === value) ?? "close")
        }
      />
      <Minutes
        label={t("timers.warn")}
        description={t("timers.warnHint")}
        {...form.bind("warn_minutes_before")}
      />
      <TextsByLanguage
        label={t("timers.warnText")}
        description={
          <>
            {t("timers.warnTextHint")} <code>{MINUTES}</code>
          </>
        }
        {...form.bind("warn_text")}
      />
      <TextsByLanguage
        label={t("timers.farewell")}
        description={t("timers.farewellHint")}
        {...form.bind("farewell_text")}
      />
      <Switch
        label={t("timers.groups")}
        description={t("timers.groupsHint")}
        checked={form.values.infinite_group_chats}
        onChange={(event) => form.set("infinite_group_chats", event.currentTarget.checked)}
      />
    </Section>
  );
}

export function OperatorTimer({ form }: Props) {
  const { t } = useTranslation("opSettings");
  return (
    <Section title={t("timers.operator")} about={t("timers.operatorText")}>
      <Minutes
        label={t("timers.operatorMinutes")}
        description={t("timers.operatorMinutesHint")}
        {...form.bind("operator")}
      />
      <Select
        label={t("timers.operatorAction")}
        data={operatorActions.map((value) => ({
          value,
          label: t(`timers.operatorActions.${value}`),
        }))}
        disabled={form.values.operator === ""}
        value={form.values.operator_action}
        onChange={(value) =>
          form.set(
            "operator_action",
            operatorActions.find((action) => action === value) ?? "notify_operator",
          )
        }
      />
    </Section>
  );
}
