// Sends the deliveries of a period again, and shows how far that has come.
import {
  Button,
  Group,
  Modal,
  MultiSelect,
  Progress,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormProblem } from "@/ui/form/FormProblem";
import { useApiForm } from "@/ui/form/useApiForm";
import { localInput, momentOf } from "@/ui/time/localInput";
import { type ReplayOrder, type ReplayStatus, useRemaining, useReplay } from "./queries";

type Props = {
  endpoint: string | null;
  endpoints: { value: string; label: string }[];
  onClose: () => void;
};

type Started = { order: ReplayOrder; count: number };

export function ReplayDialog(props: Props) {
  const { t } = useTranslation("deliveries");
  return (
    <Modal opened onClose={props.onClose} title={t("replay.title")}>
      <Body {...props} />
    </Modal>
  );
}

function Body({ endpoint, endpoints, onClose }: Props) {
  const { t } = useTranslation(["deliveries", "ui"]);
  const replay = useReplay();
  const [started, setStarted] = useState<Started | null>(null);
  const form = useApiForm({
    initial: {
      endpoint_id: endpoint,
      from: localInput(new Date(Date.now() - 86_400_000)),
      // The minute that has begun is meant, too.
      to: localInput(new Date(Date.now() + 60_000)),
      statuses: ["failed", "cancelled"] as ReplayStatus[],
    },
    check: ({ endpoint_id, from }) => ({
      ...(endpoint_id ? {} : { endpoint_id: t("replay.needsEndpoint") }),
      ...(from ? {} : { from: t("replay.needsFrom") }),
    }),
    submit: async (values) => {
      const order: ReplayOrder = {
        endpoint_id: Number(values.endpoint_id),
        from: new Date(values.from).toISOString(),
        to: momentOf(values.to),
        statuses: values.statuses,
      };
      return { order, count: (await replay(order)).replayed };
    },
    onDone: setStarted,
  });

  if (started) return <Progressing started={started} onClose={onClose} />;
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm">
        <Text size="sm">{t("replay.about")}</Text>
        <Select
          label={t("endpoint")}
          data={endpoints}
          searchable
          required
          {...form.bind("endpoint_id")}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            type="datetime-local"
            label={t("replay.from")}
            required
            {...form.bindText("from")}
          />
          <TextInput type="datetime-local" label={t("replay.to")} {...form.bindText("to")} />
        </SimpleGrid>
        <MultiSelect
          label={t("state")}
          data={(["failed", "cancelled", "delivered"] as const).map((value) => ({
            value,
            label: t(`status.${value}`),
          }))}
          {...form.bind("statuses")}
          onChange={(values) => form.set("statuses", values as ReplayStatus[])}
        />
        <FormProblem failure={form.failure} shownFields={Object.keys(form.values)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui:cancel")}
          </Button>
          <Button type="submit" loading={form.busy} disabled={form.values.statuses.length === 0}>
            {t("replay.action")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Progressing({ started, onClose }: { started: Started; onClose: () => void }) {
  const { t } = useTranslation(["deliveries", "ui"]);
  const { count, order } = started;
  const remaining = Math.min(count, useRemaining(count > 0 ? order : null).data ?? count);
  const done = count - remaining;
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {count === 0 ? t("replay.nothing") : t("replay.progress", { done, count })}
      </Text>
      {count > 0 && (
        <Progress
          value={(done / count) * 100}
          aria-label={t("replay.title")}
          animated={remaining > 0}
        />
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t("ui:done")}</Button>
      </Group>
    </Stack>
  );
}
