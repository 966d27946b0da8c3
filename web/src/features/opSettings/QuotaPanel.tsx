// How many different clients a day an operator should have, and whether that stops new chats.
import { NumberInput, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { SidePanel } from "@/ui/SidePanel";
import { type Quota, useQuota, useSaveQuota } from "./queries";
import type { Stored } from "./stored";

const highest = 10_000;

export function QuotaPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("opSettings");
  const query = useQuota();
  if (query.data) return <QuotaForm stored={query.data} onClose={onClose} />;
  return (
    <SidePanel opened title={t("quota.title")} onClose={onClose}>
      <Loaded query={query}>{() => null}</Loaded>
    </SidePanel>
  );
}

function QuotaForm({ stored, onClose }: { stored: Stored<Quota>; onClose: () => void }) {
  const { t } = useTranslation(["opSettings", "common"]);
  const mayEdit = useCan()("op_settings.edit");
  const save = useSaveQuota(stored.etag);
  const form = useApiForm({
    initial: { daily: stored.value.daily as number | string, hard: stored.value.hard },
    check: ({ daily }) => {
      const value = daily === "" ? 0 : Number(daily);
      const fits = Number.isInteger(value) && value >= 0 && value <= highest;
      return fits ? {} : { daily: t("between", { low: 0, high: highest }) };
    },
    submit: ({ daily, hard }) => save({ daily: Number(daily), hard }),
    onDone: () => {
      showDone(t("common:saved"));
      onClose();
    },
  });
  return (
    <FormDrawer
      opened
      title={t("quota.title")}
      form={form}
      submitLabel={t("common:save")}
      readOnly={!mayEdit}
      onClose={onClose}
    >
      <NumberInput
        label={t("quota.daily")}
        description={t("quota.dailyHint")}
        min={0}
        max={highest}
        allowDecimal={false}
        clampBehavior="none"
        data-autofocus
        {...form.bind("daily")}
      />
      <Switch
        label={t("quota.hard")}
        description={t("quota.hardHint")}
        checked={form.values.hard}
        onChange={(event) => form.set("hard", event.currentTarget.checked)}
      />
    </FormDrawer>
  );
}
