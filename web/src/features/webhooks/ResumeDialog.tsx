// Going on with a webhook: what of that which waited for it is still to be sent.
import { Button, Group, Modal, Radio, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { useApiForm } from "@/ui/form/useApiForm";
import { localInput } from "@/ui/time/localInput";
import { useResumeWebhook, type Webhook } from "./queries";
import { periodOfChoice, type WhatToSend } from "./resumption";

const DAY_MS = 86_400_000;
const choices: WhatToSend[] = ["all", "period", "none"];

export function ResumeDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation(["webhooks", "ui"]);
  const resume = useResumeWebhook();
  const { id, name, waiting } = webhook;
  const form = useApiForm({
    initial: {
      what: "all" as WhatToSend,
      from: localInput(new Date(Date.now() - DAY_MS)),
      to: "",
    },
    submit: (values) => resume({ id, ...periodOfChoice(values) }),
    onDone: () => {
      showDone(t("resumed", { name }));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t("resumption.title", { name })}>
      <form onSubmit={form.onSubmit} noValidate>
        <Stack gap="sm">
          <Radio.Group
            label={t("resumption.about", { count: waiting })}
            value={form.values.what}
            onChange={(what) => form.set("what", what as WhatToSend)}
          >
            <Stack gap="xs" mt="xs">
              {choices.map((value) => (
                <Radio key={value} value={value} label={t(`resumption.${value}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {form.values.what === "period" && (
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput
                type="datetime-local"
                label={t("resumption.from")}
                {...form.bindText("from")}
              />
              <TextInput
                type="datetime-local"
                label={t("resumption.to")}
                {...form.bindText("to")}
              />
            </SimpleGrid>
          )}
          <FormProblem failure={form.failure} shownFields={["from", "to"]} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui:cancel")}
            </Button>
            <Button type="submit" loading={form.busy}>
              {t("resume")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
