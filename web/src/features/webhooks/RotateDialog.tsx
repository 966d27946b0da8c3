// A new signing secret; the old one signs along for a while.
import { Button, Group, Modal, NumberInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { SecretOnce } from "@/ui/CopyField";
import { FormProblem } from "@/ui/form/FormProblem";
import { useApiForm } from "@/ui/form/useApiForm";
import { useRotateEventSecret, useRotateSecret, type Webhook } from "./queries";

type Named = Pick<Webhook, "id" | "name">;
/** Of a webhook, or of all addresses that a bot's scenarios give. */
type Props = { webhook?: Named; bot?: Named; onClose: () => void };

export function RotateDialog({ webhook, bot, onClose }: Props) {
  const { t } = useTranslation(["webhooks", "ui"]);
  const format = useFormat();
  const ofWebhook = useRotateSecret();
  const ofBot = useRotateEventSecret();
  const rotate = bot ? ofBot : ofWebhook;
  const { id = 0, name = "" } = bot ?? webhook ?? {};
  const [fresh, setFresh] = useState<Awaited<ReturnType<typeof rotate>> | null>(null);
  const form = useApiForm({
    initial: { overlap_h: 24 },
    submit: ({ overlap_h }) => rotate({ id, overlap_h }),
    onDone: setFresh,
  });
  return (
    <Modal opened onClose={onClose} title={t("rotate.title", { name })}>
      {fresh ? (
        <Stack gap="sm">
          <SecretOnce label={t("form.secret")} value={fresh.secret} />
          {fresh.old_secret_until && (
            <Text size="sm">
              {t("rotate.until", { at: format.dateTime(fresh.old_secret_until) })}
            </Text>
          )}
          <Group justify="flex-end">
            <Button onClick={onClose}>{t("ui:done")}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit} noValidate>
          <Stack gap="sm">
            <Text size="sm">{t("rotate.about")}</Text>
            <NumberInput
              label={t("rotate.overlap")}
              description={t("rotate.overlapHint")}
              min={0}
              max={168}
              {...form.bind("overlap_h")}
              onChange={(value) => form.set("overlap_h", Number(value))}
            />
            <FormProblem failure={form.failure} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("ui:cancel")}
              </Button>
              <Button type="submit" loading={form.busy}>
                {t("rotate.action")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
