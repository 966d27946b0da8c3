// After a restore: endpoints that are not called until somebody says what becomes of what waits.
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone } from "@/ui/feedback/notify";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { kindKey } from "./columns";
import { type HeldEndpoint, useHeld, useRelease } from "./queries";

type Asked = { endpoint: HeldEndpoint; send: boolean };

export function Held() {
  const { t } = useTranslation("deliveries");
  const held = useHeld().data ?? [];
  const mayRelease = useCan()("deliveries.retry");
  const release = useRelease();
  const [asked, setAsked] = useState<Asked | null>(null);
  if (held.length === 0) return null;

  const go = async ({ endpoint, send }: Asked) => {
    await release({ id: endpoint.id, send });
    showDone(t("held.released", { name: endpoint.name }));
  };
  return (
    <Alert color="yellow" icon={<Icon name="alert" />} title={t("held.title")} mb="md">
      <Stack gap="xs">
        <Text size="sm">{t("held.about")}</Text>
        {held.map((endpoint) => (
          <Group key={endpoint.id} gap="xs">
            <Text size="sm" fw={600}>
              {endpoint.name}
            </Text>
            <Text size="sm" c="dimmed">
              {t(kindKey(endpoint.kind))}
            </Text>
            <Link to="/deliveries" search={{ endpoint: String(endpoint.id) }}>
              {t("held.waiting", { count: endpoint.waiting })}
            </Link>
            {endpoint.oldest_at && <RelativeTime at={endpoint.oldest_at} />}
            {mayRelease && (
              <>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setAsked({ endpoint, send: true })}
                >
                  {t("held.send")}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  onClick={() => setAsked({ endpoint, send: false })}
                >
                  {t("held.drop")}
                </Button>
              </>
            )}
          </Group>
        ))}
      </Stack>
      {asked && (
        <ConfirmDialog
          opened
          danger={!asked.send}
          title={asked.endpoint.name}
          consequences={[
            t(asked.send ? "held.sends" : "held.drops", { count: asked.endpoint.waiting }),
            t("held.goesOn"),
          ]}
          confirmLabel={t(asked.send ? "held.send" : "held.drop")}
          onConfirm={() => go(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </Alert>
  );
}
