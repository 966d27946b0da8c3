// Warns of webhooks that fail or were switched off after failures.
import { Alert, Button, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import type { Webhook } from "./queries";
import { stateOf } from "./WebhookState";

/** How long a webhook may fail before it is switched off. */
const patienceMs = 5 * 86_400_000;

type Props = { webhooks: Webhook[]; onResume?: (webhook: Webhook) => void };

export function Troubles({ webhooks, onResume }: Props) {
  const { t } = useTranslation("webhooks");
  const disabled = webhooks.filter((webhook) => stateOf(webhook) === "disabled");
  const format = useFormat();
  const endOf = (since: string) => format.dateTime(new Date(since).getTime() + patienceMs);
  const failing = webhooks.filter((webhook) => stateOf(webhook) === "failing");
  return (
    <>
      {disabled.map((webhook) => (
        <Alert
          key={webhook.id}
          color="red"
          icon={<Icon name="alert" />}
          title={t("trouble.disabled", { name: webhook.name })}
        >
          <Text size="sm">{webhook.disabled_reason ?? webhook.last_error}</Text>
          <Group gap="xs" mt="xs">
            {onResume && (
              <Button variant="default" onClick={() => onResume(webhook)}>
                {t("resume")}
              </Button>
            )}
            <Link to="/deliveries" search={{ endpoint: String(webhook.id) }}>
              {t("openLog")}
            </Link>
          </Group>
        </Alert>
      ))}
      {failing.length > 0 && (
        <Alert color="yellow" icon={<Icon name="alert" />} title={t("trouble.failing")}>
          {failing.map((webhook) => (
            <Text size="sm" key={webhook.id}>
              <b>{webhook.name}</b> <RelativeTime at={webhook.failing_since} />
              {webhook.last_error && `: ${webhook.last_error}`}.{" "}
              {webhook.failing_since && t("trouble.until", { at: endOf(webhook.failing_since) })}{" "}
              <Link to="/deliveries" search={{ endpoint: String(webhook.id) }}>
                {t("openLog")}
              </Link>
            </Text>
          ))}
          <Text size="sm">{t("trouble.failingText")}</Text>
        </Alert>
      )}
    </>
  );
}
