// The custom channel: where messages go, how they are signed, and a try.
import { Alert, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { CopyField, SecretOnce } from "@/ui/CopyField";
import { Loaded } from "@/ui/feedback/States";
import { Section } from "@/ui/page/Page";
import { RelativeTime } from "@/ui/RelativeTime";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { ChannelForm } from "./ChannelForm";
import { type CustomChannel, useCustomChannel } from "./channelQueries";
import { curlOf } from "./curl";
import { SecretRotation } from "./SecretRotation";
import { TestMessage } from "./TestMessage";

const tones = { active: "ok", paused: "warn", disabled: "bad" } as const satisfies Record<
  string,
  Tone
>;

export function ChannelTab({ botId }: { botId: number }) {
  const { t } = useTranslation(["bots", "common"]);
  const can = useCan();
  const mayEdit = can("channels.edit");
  const query = useCustomChannel(botId);
  const [secret, setSecret] = useState<string | null>(null);

  return (
    <Loaded query={query}>
      {(channel) => (
        <Stack gap="md">
          {!mayEdit && (
            <Alert color="gray">{t("common:readOnly", { permission: "channels.edit" })}</Alert>
          )}
          {secret && <SecretOnce label={t("channel.signingSecret")} value={secret} />}
          {channel && <Incoming channel={channel} />}
          <ChannelForm
            key={channel ? "there" : "new"}
            botId={botId}
            channel={channel}
            mayEdit={mayEdit}
            onSecret={setSecret}
          />
          {channel && mayEdit && (
            <>
              <SecretRotation botId={botId} channel={channel} onSecret={setSecret} />
              <TestMessage botId={botId} />
            </>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

function ChannelState({ channel }: { channel: CustomChannel }) {
  const { t } = useTranslation("bots");
  if (!channel.enabled) return <StatusBadge tone="idle">{t("channel.state.off")}</StatusBadge>;
  const state = stateOf(channel.status);
  return (
    <StatusBadge tone={tones[state]} hint={channel.last_error ?? undefined}>
      {t(`channel.state.${state}`)}
    </StatusBadge>
  );
}

/** The endpoint may be switched off for several reasons: "disabled_by_failures" and the like. */
function stateOf(status: string): keyof typeof tones {
  if (status.startsWith("disabled")) return "disabled";
  return status === "paused" ? "paused" : "active";
}

function Incoming({ channel }: { channel: CustomChannel }) {
  const { t } = useTranslation(["bots", "common"]);
  const never = t("common:never");
  return (
    <Section
      title={t("channel.incoming")}
      about={t("channel.incomingAbout")}
      actions={<ChannelState channel={channel} />}
    >
      <CopyField label={t("channel.inputUrl")} value={channel.input_url} />
      <CopyField
        label={t("channel.curl")}
        value={curlOf(channel.input_url, channel.input_token_set)}
        block
      />
      <span>
        {t("channel.lastIn")}: <RelativeTime at={channel.last_inbound_at} empty={never} /> ·{" "}
        {t("channel.lastOut")}: <RelativeTime at={channel.last_success_at} empty={never} />
      </span>
      {channel.last_error && <Alert color="red">{channel.last_error}</Alert>}
    </Section>
  );
}
