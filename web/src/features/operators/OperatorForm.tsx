// What one operator gets: how many chats at once, of which topics, under which name.
import { MultiSelect, NumberInput, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { ChannelLimits } from "./ChannelLimits";
import { boundError, boundOf, highest, highestQuota, limitError, type Typed } from "./limits";
import { type Operator, useChangeOperator, useGroups } from "./queries";

type Props = { operator: Operator; onClose: () => void };

export function OperatorForm({ operator, onClose }: Props) {
  const { t } = useTranslation(["operators", "common"]);
  const { data: groups = [] } = useGroups();
  const change = useChangeOperator();
  const form = useApiForm({
    initial: {
      dialog_limit: operator.dialog_limit as Typed,
      limit_today: (operator.limit_today ?? "") as Typed,
      touch_quota: (operator.touch_quota ?? "") as Typed,
      channel_limits: operator.channel_limits as Record<string, Typed>,
      group_ids: operator.groups.map(({ id }) => String(id)),
      public_name: operator.public_name,
      paused: operator.paused,
    },
    check: ({ dialog_limit, limit_today, touch_quota, channel_limits }) => ({
      ...(boundError(limit_today, highest) && { limit_today: t("limit.bad") }),
      ...(boundError(touch_quota, highestQuota) && { touch_quota: t("quota.bad") }),
      ...(limitError(dialog_limit) && { dialog_limit: t("limit.bad") }),
      ...(Object.values(channel_limits).some(limitError) && { channel_limits: t("limit.bad") }),
    }),
    submit: ({ group_ids, dialog_limit, limit_today, touch_quota, channel_limits, ...values }) =>
      change({
        id: operator.user_id,
        ...values,
        dialog_limit: Number(dialog_limit),
        limit_today: boundOf(limit_today),
        touch_quota: boundOf(touch_quota),
        channel_limits: Object.fromEntries(
          Object.entries(channel_limits).map(([channel, limit]) => [channel, Number(limit)]),
        ),
        group_ids: group_ids.map(Number),
      }),
    onDone: () => {
      showDone(t("common:saved"));
      onClose();
    },
  });

  return (
    <FormDrawer
      opened
      title={operator.name}
      form={form}
      submitLabel={t("common:save")}
      onClose={onClose}
    >
      <NumberInput
        label={t("limit.label")}
        description={t("limit.hint")}
        required
        min={0}
        max={1000}
        allowDecimal={false}
        clampBehavior="none"
        data-autofocus
        {...form.bind("dialog_limit")}
      />
      <NumberInput
        label={t("limit.today")}
        description={t("limit.todayHint")}
        min={0}
        max={highest}
        allowDecimal={false}
        clampBehavior="none"
        {...form.bind("limit_today")}
      />
      <NumberInput
        label={t("quota.label")}
        description={t("quota.hint")}
        min={0}
        max={highestQuota}
        allowDecimal={false}
        clampBehavior="none"
        {...form.bind("touch_quota")}
      />
      <ChannelLimits {...form.bind("channel_limits")} />
      <MultiSelect
        label={t("groups")}
        description={t("groupsHint")}
        placeholder={form.values.group_ids.length ? undefined : t("noGroups")}
        data={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
        searchable
        clearable
        {...form.bind("group_ids")}
      />
      <TextInput
        label={t("publicName")}
        description={t("publicNameHint")}
        placeholder={operator.name}
        maxLength={100}
        {...form.bindText("public_name")}
      />
      <Switch
        label={t("pausedLabel")}
        description={t("pausedHint")}
        checked={form.values.paused}
        onChange={(event) => form.set("paused", event.currentTarget.checked)}
      />
    </FormDrawer>
  );
}
