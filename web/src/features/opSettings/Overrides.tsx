// Exceptions from the timers: for a channel, a topic, a skill group.
import { Button, Input } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/problem";
import { Icon } from "@/ui/Icon";
import { Section } from "@/ui/page/Page";
import { OverrideFields } from "./OverrideFields";
import type { TimerForm } from "./timerSections";
import { newOverride, type Override } from "./timers";

export function Overrides({ form }: { form: TimerForm }) {
  const { t } = useTranslation("opSettings");
  const { overrides, minutes, use } = form.values;
  const put = (next: Override[]) => form.set("overrides", next);
  const refused = form.failure instanceof ApiError ? form.failure.errors : [];
  const refusalOf = (index: number) =>
    refused.find(({ field }) => field.startsWith(`overrides[${index}]`))?.message;
  return (
    <Section title={t("timers.overrides")} about={t("timers.overridesText")}>
      {overrides.map((other, index) => (
        <OverrideFields
          key={other.key}
          value={other}
          everywhere={minutes}
          refused={refusalOf(index)}
          tried={form.errors.overrides !== undefined}
          onChange={(change) => put(overrides.with(index, { ...other, ...change }))}
          onRemove={() => put(overrides.filter(({ key }) => key !== other.key))}
        />
      ))}
      {form.errors.overrides && <Input.Error>{form.errors.overrides}</Input.Error>}
      <div>
        <Button
          variant="default"
          disabled={!use}
          leftSection={<Icon name="plus" />}
          onClick={() => put([...overrides, newOverride()])}
        >
          {t("timers.addOverride")}
        </Button>
      </div>
    </Section>
  );
}
