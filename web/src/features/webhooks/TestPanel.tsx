// Sends a test event and shows the whole call as it went.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Attempts, StatusWord, useDelivery } from "@/features/deliveries";
import { Exchange } from "@/ui/Exchange";
import { Loaded } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { Icon } from "@/ui/Icon";
import { SidePanel } from "@/ui/SidePanel";
import { useTestWebhook, type Webhook } from "./queries";

type Props = { webhook: Webhook; onClose: () => void };

export function TestPanel({ webhook, onClose }: Props) {
  const { t } = useTranslation("webhooks");
  const test = useTestWebhook();
  const [id, setId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const query = useDelivery(id);

  const run = async () => {
    setBusy(true);
    setFailure(null);
    try {
      setId((await test(webhook.id)).delivery_id);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <SidePanel
      opened
      title={t("test.title", { name: webhook.name })}
      onClose={onClose}
      size={620}
      footer={
        <Button leftSection={<Icon name="send" />} loading={busy} onClick={run}>
          {id ? t("test.again") : t("test.action")}
        </Button>
      }
    >
      <p style={{ margin: 0 }}>{t("test.about")}</p>
      <code style={{ overflowWrap: "anywhere" }}>{webhook.url}</code>
      <FormProblem failure={failure} />
      {id && (
        <Loaded query={query} rows={3}>
          {(delivery) => {
            const last = delivery.attempts.at(-1);
            return (
              <>
                <span role="status">
                  <StatusWord delivery={delivery} />
                </span>
                <Exchange
                  request={{ line: `POST ${delivery.url}`, body: delivery.body }}
                  response={
                    last && {
                      status: last.http_status,
                      ms: last.ms,
                      error: last.error,
                      body: last.response,
                    }
                  }
                />
                {delivery.attempts.length > 1 && <Attempts attempts={delivery.attempts} />}
              </>
            );
          }}
        </Loaded>
      )}
    </SidePanel>
  );
}
