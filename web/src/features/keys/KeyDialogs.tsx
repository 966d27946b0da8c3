// Rotation with an overlap, and revocation.
import { Button, Modal, NumberInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { SecretOnce } from "@/ui/CopyField";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { useApiForm } from "@/ui/form/useApiForm";
import { type ApiKey, useRevokeKey, useRotateKey } from "./queries";

export type KeyAsk = { kind: "rotate" | "revoke"; key: ApiKey };

export function KeyDialogs({ ask, onClose }: { ask: KeyAsk | null; onClose: () => void }) {
  if (!ask) return null;
  return ask.kind === "rotate" ? (
    <Rotate apiKey={ask.key} onClose={onClose} />
  ) : (
    <Revoke apiKey={ask.key} onClose={onClose} />
  );
}

type OneProps = { apiKey: ApiKey; onClose: () => void };

function Rotate({ apiKey, onClose }: OneProps) {
  const { t } = useTranslation(["keys", "ui"]);
  const rotate = useRotateKey();
  const [secret, setSecret] = useState<string | null>(null);
  const form = useApiForm({
    initial: { overlap_h: 24 },
    submit: (values) => rotate({ id: apiKey.id, ...values }),
    onDone: (fresh) => setSecret(fresh.secret),
  });
  return (
    <Modal opened onClose={onClose} title={t("rotate.title", { name: apiKey.name })}>
      {secret ? (
        <Stack>
          <SecretOnce label={t("secret")} value={secret} />
          <Button onClick={onClose}>{t("ui:done")}</Button>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit}>
          <Stack>
            <Text size="sm">{t("rotate.text")}</Text>
            <NumberInput
              label={t("rotate.overlap")}
              description={t("rotate.overlapHint")}
              min={0}
              max={72}
              {...form.bind("overlap_h")}
              onChange={(value) => form.set("overlap_h", Number(value))}
            />
            <FormProblem failure={form.failure} shownFields={["overlap_h"]} />
            <Button type="submit" loading={form.busy}>
              {t("rotate.action")}
            </Button>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function Revoke({ apiKey, onClose }: OneProps) {
  const { t } = useTranslation("keys");
  const revoke = useRevokeKey();
  const confirm = async () => {
    await revoke(apiKey.id);
    showDone(t("revoke.done", { name: apiKey.name }));
  };
  return (
    <ConfirmDialog
      opened
      title={t("revoke.title", { name: apiKey.name })}
      consequences={[t("revoke.refused"), t("revoke.final")]}
      confirmLabel={t("revoke.action")}
      danger
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
