// How fast messages by template go out, and the hours in which they wait.
import { Group, NumberInput, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Received } from "@/api/client";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { type Rules, useRules, useSaveRules } from "./queries";

type Props = { readOnly: boolean; onClose: () => void };

export function RulesDialog(props: Props) {
  return <Loaded query={useRules()}>{(stored) => <RulesForm stored={stored} {...props} />}</Loaded>;
}

function RulesForm({ stored, readOnly, onClose }: Props & { stored: Received<Rules> }) {
  const { t } = useTranslation(["broadcasts", "common"]);
  const save = useSaveRules(stored.etag);
  const { limit_per_minute, quiet_from, quiet_to } = stored.data;
  const form = useApiForm({
    initial: {
      limit_per_minute,
      quiet: Boolean(quiet_from),
      quiet_from: quiet_from ?? "21:00",
      quiet_to: quiet_to ?? "09:00",
    },
    submit: ({ quiet, quiet_from: from, quiet_to: to, ...values }) =>
      save({ ...values, quiet_from: quiet ? from : null, quiet_to: quiet ? to : null }),
    onDone: () => {
      showDone(t("common:saved"));
      onClose();
    },
  });
  return (
    <FormDrawer
      opened
      title={t("rules.title")}
      form={form}
      submitLabel={t("common:save")}
      readOnly={readOnly}
      onClose={onClose}
    >
      <NumberInput
        label={t("rules.limit")}
        description={t("rules.limitHint")}
        min={0}
        max={100_000}
        allowDecimal={false}
        value={form.values.limit_per_minute}
        onChange={(value) => form.set("limit_per_minute", Number(value) || 0)}
        error={form.errors.limit_per_minute}
      />
      <Switch
        label={t("rules.quiet")}
        description={t("rules.quietHint")}
        checked={form.values.quiet}
        onChange={(event) => form.set("quiet", event.currentTarget.checked)}
      />
      {form.values.quiet && (
        <Group grow>
          <TextInput type="time" label={t("rules.from")} {...form.bindText("quiet_from")} />
          <TextInput type="time" label={t("rules.to")} {...form.bindText("quiet_to")} />
        </Group>
      )}
    </FormDrawer>
  );
}
