// The rules in groups, each with its explanation.
import { Checkbox, MultiSelect, NumberInput, SegmentedControl, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { passwordClasses } from "@/features/session";
import { useRoles } from "@/features/users";
import { Section } from "@/ui/page/Page";
import type { RulesForm } from "./values";
import { bounds, type NumberRule } from "./values";

type Props = { form: RulesForm };

function NumberField({ form, rule }: Props & { rule: NumberRule }) {
  const { t } = useTranslation("security");
  const [min, max] = bounds[rule];
  const { value, error } = form.bind(rule);
  return (
    <NumberInput
      label={t(`rule.${rule}`)}
      description={t(`hint.${rule}`)}
      min={min}
      max={max}
      allowDecimal={false}
      clampBehavior="none"
      value={value}
      error={error}
      onChange={(typed) => form.set(rule, typed as number)}
    />
  );
}

export function PasswordRules({ form }: Props) {
  const { t } = useTranslation("security");
  return (
    <Section title={t("password.title")} about={t("password.text")}>
      <NumberField form={form} rule="password.min_length" />
      <Checkbox.Group label={t("password.classes")} {...form.bind("password.classes")}>
        {passwordClasses.map((one) => (
          <Checkbox key={one} value={one} label={t(`password.class.${one}`)} mt="xs" />
        ))}
      </Checkbox.Group>
      <NumberField form={form} rule="password.history" />
      <NumberField form={form} rule="password.expires_days" />
    </Section>
  );
}

export function LockRules({ form }: Props) {
  const { t } = useTranslation("security");
  return (
    <Section title={t("lock.title")} about={t("lock.text")}>
      <NumberField form={form} rule="lock.failures" />
      <NumberField form={form} rule="lock.window_min" />
      <NumberField form={form} rule="lock.lock_min" />
      <NumberField form={form} rule="lock.address_failures" />
    </Section>
  );
}

export function SessionRules({ form }: Props) {
  const { t } = useTranslation("security");
  return (
    <Section title={t("sessions.title")} about={t("sessions.text")}>
      <NumberField form={form} rule="sessions.idle_min" />
      <NumberField form={form} rule="sessions.absolute_days" />
      <NumberField form={form} rule="sessions.access_min" />
      <NumberField form={form} rule="sessions.token_rate_per_min" />
      <Switch
        label={t("sessions.oneOnly")}
        description={t("sessions.oneOnlyHint")}
        checked={form.values["sessions.one_only"]}
        onChange={(event) => form.set("sessions.one_only", event.currentTarget.checked)}
      />
    </Section>
  );
}

const modes = ["off", "optional", "required"] as const;

export function SecondFactorRules({ form }: Props) {
  const { t } = useTranslation("security");
  const roles = useRoles();
  const mode = form.values["second_factor.mode"];
  return (
    <Section title={t("totp.title")} about={t("totp.text")}>
      <SegmentedControl
        aria-label={t("totp.title")}
        data={modes.map((value) => ({ value, label: t(`totp.${value}`) }))}
        value={mode}
        onChange={(chosen) =>
          form.set("second_factor.mode", modes.find((one) => one === chosen) ?? "optional")
        }
      />
      {mode === "required" && (
        <MultiSelect
          label={t("totp.roles")}
          description={t("totp.rolesHint")}
          placeholder={form.values["second_factor.roles"].length ? undefined : t("totp.everyone")}
          data={roles.map(({ alias, name }) => ({ value: alias, label: name }))}
          clearable
          {...form.bind("second_factor.roles")}
        />
      )}
    </Section>
  );
}
