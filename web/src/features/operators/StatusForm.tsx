// Adds or changes a status; one of the system gives its times only.
import {
  Alert,
  NumberInput,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ColorPicker } from "@/ui/color/ColorPicker";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { kindOf, kinds } from "./kinds";
import type { Typed } from "./limits";
import { type Status, useChangeStatus, useCreateStatus } from "./queries";

/** Behind those that are there; what is not asked for is as the server has it. */
const asNew = { position: 10 };

function minutesOf(typed: Typed): number | null {
  return typed === "" ? null : Number(typed);
}

function isBound(typed: Typed): boolean {
  const minutes = minutesOf(typed);
  return minutes === null || (Number.isInteger(minutes) && minutes > 0 && minutes <= 1440);
}

export function StatusForm({ status, onClose }: { status: Status | null; onClose: () => void }) {
  const { t } = useTranslation(["operators", "common"]);
  const create = useCreateStatus();
  const change = useChangeStatus();
  const isSystem = status?.is_system ?? false;
  const form = useApiForm({
    initial: {
      name: status?.name ?? "",
      kind: kindOf(status?.kind ?? "pause"),
      color: status?.color || "gray",
      can_receive: status?.can_receive ?? false,
      count_after_closed: status?.count_after_closed ?? false,
      max_minutes: (status?.max_minutes ?? "") as Typed,
      idle_minutes: (status?.idle_minutes ?? "") as Typed,
    },
    check: ({ max_minutes, idle_minutes }) => ({
      ...(isBound(max_minutes) ? {} : { max_minutes: t("state.maxBad") }),
      ...(isBound(idle_minutes) ? {} : { idle_minutes: t("state.maxBad") }),
    }),
    submit: ({ max_minutes, idle_minutes, ...values }) => {
      const bound = {
        max_minutes: minutesOf(max_minutes),
        idle_minutes: values.can_receive ? null : minutesOf(idle_minutes),
      };
      if (!status) return create({ ...values, ...bound, ...asNew });
      return change({ id: status.id, ...(isSystem ? bound : { ...values, ...bound }) });
    },
    onDone: () => {
      showDone(status ? t("common:saved") : t("state.added"));
      onClose();
    },
  });
  const { kind, can_receive, count_after_closed } = form.values;

  return (
    <FormDrawer
      opened
      title={status ? status.name : t("state.add")}
      form={form}
      submitLabel={status ? t("common:save") : t("state.add")}
      onClose={onClose}
    >
      {isSystem ? (
        <Alert color="gray">{t("state.systemHint")}</Alert>
      ) : (
        <>
          <TextInput
            label={t("common:name")}
            required
            maxLength={100}
            data-autofocus
            {...form.bindText("name")}
          />
          <ColorPicker label={t("color")} {...form.bind("color")} />
          <Stack gap={4}>
            <Text size="sm" fw={500}>
              {t("state.kind")}
            </Text>
            <SegmentedControl
              aria-label={t("state.kind")}
              data={kinds.map((value) => ({ value, label: t(`state.kinds.${value}`) }))}
              value={kind}
              onChange={(value) => {
                form.set("kind", kindOf(value));
                if (value !== "work") form.set("can_receive", false);
              }}
            />
          </Stack>
          <Switch
            label={t("state.receives")}
            description={t("state.receivesHint")}
            disabled={kind !== "work" || count_after_closed}
            checked={can_receive}
            error={form.errors.can_receive}
            onChange={(event) => form.set("can_receive", event.currentTarget.checked)}
          />
          <Switch
            label={t("state.counts")}
            description={t("state.countsHint")}
            disabled={can_receive}
            checked={count_after_closed}
            error={form.errors.count_after_closed}
            onChange={(event) => form.set("count_after_closed", event.currentTarget.checked)}
          />
        </>
      )}
      <NumberInput
        label={t("state.max")}
        description={t("state.maxHint")}
        min={1}
        max={1440}
        allowDecimal={false}
        clampBehavior="none"
        {...form.bind("max_minutes")}
      />
      {!can_receive && (
        <NumberInput
          label={t("state.idle")}
          description={t("state.idleHint")}
          min={1}
          max={1440}
          allowDecimal={false}
          clampBehavior="none"
          {...form.bind("idle_minutes")}
        />
      )}
    </FormDrawer>
  );
}
