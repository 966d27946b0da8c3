// One channel of a bot: whom it is connected as, how it does, and what can be done with it.
import { Alert, Avatar, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyField } from "@/ui/CopyField";
import { Icon } from "@/ui/Icon";
import { Section } from "@/ui/page/Page";
import { RelativeTime } from "@/ui/RelativeTime";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { AccountActions } from "./AccountActions";
import { AccountForm } from "./AccountForm";
import type { Account, ChannelType } from "./queries";

const tones: Record<Account["status"], Tone> = {
  not_configured: "idle",
  active: "ok",
  paused: "warn",
  error: "bad",
};

type Props = { botId: number; type: ChannelType; account: Account | null; mayEdit: boolean };

export function ChannelCard({ botId, type, account, mayEdit }: Props) {
  const { t } = useTranslation("channels");
  const [opened, setOpened] = useState(false);
  const status = account?.status ?? "not_configured";
  return (
    <Section
      title={type.title}
      about={type.about}
      actions={<StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge>}
    >
      {account && <Known account={account} />}
      {account && mayEdit && (
        <AccountActions account={account} onSettings={() => setOpened(!opened)} />
      )}
      {!account && mayEdit && !opened && (
        <Group>
          <Button leftSection={<Icon name="plus" />} onClick={() => setOpened(true)}>
            {t("connect", { channel: type.title })}
          </Button>
        </Group>
      )}
      {mayEdit && opened && (
        <AccountForm
          key={account?.id ?? "new"}
          botId={botId}
          type={type}
          account={account}
          onDone={() => setOpened(false)}
        />
      )}
    </Section>
  );
}

function Known({ account }: { account: Account }) {
  const { t } = useTranslation(["channels", "common"]);
  const { identity } = account;
  const never = t("common:never");
  return (
    <>
      {identity && (
        <Group gap="sm" wrap="nowrap">
          <Avatar src={identity.picture || null} name={identity.name} color="initials" alt="" />
          <div style={{ minWidth: 0 }}>
            <Text fw={600} truncate>
              {account.name || identity.name}
            </Text>
            {identity.uri.startsWith("https://") ? (
              <a href={identity.uri} target="_blank" rel="noreferrer">
                {identity.username ? `@${identity.username}` : identity.uri}
              </a>
            ) : (
              <Text size="sm" c="dimmed">
                {identity.uri || identity.phone}
              </Text>
            )}
          </div>
        </Group>
      )}
      {account.last_error && (
        <Alert color={account.status === "error" ? "red" : "yellow"} icon={<Icon name="alert" />}>
          {account.last_error}
        </Alert>
      )}
      <Text size="sm">
        {t("lastIn")}: <RelativeTime at={account.last_inbound_at} empty={never} /> · {t("lastOk")}:{" "}
        <RelativeTime at={account.last_ok_at} empty={never} />
        {account.refused > 0 && ` · ${t("refused", { count: account.refused })}`}
      </Text>
      {account.mode === "webhook" && (
        <CopyField label={t("webhookUrl")} value={account.input_url} />
      )}
    </>
  );
}
