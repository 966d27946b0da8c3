// The addresses that begin a scenario at one of its entry points, in each connected channel.
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { useCan } from "@/features/session";
import { CopyField } from "@/ui/CopyField";
import { Icon } from "@/ui/Icon";
import { LinkBuilder } from "./LinkBuilder";
import { useLinkChannels, usePreview } from "./queries";

type Props = { botId: number; nodeId: number };

export function EntryLinks({ botId, nodeId }: Props) {
  const { t } = useTranslation("links");
  const may = useCan()("links.view");
  const channels = useLinkChannels(may ? botId : null).data ?? [];
  if (channels.length === 0) return null;
  return (
    <div>
      {channels.map(({ channel }) => (
        <EntryLink key={channel} botId={botId} nodeId={nodeId} channel={channel} />
      ))}
      <Text size="xs" c="dimmed" mt={4}>
        {t("entry.hint")}
      </Text>
      <BuildLink botId={botId} nodeId={nodeId} />
    </div>
  );
}

/** A link to this entry point that carries data, campaign tags, a name, an expiry. */
function BuildLink({ botId, nodeId }: Props) {
  const { t } = useTranslation("links");
  const mayEdit = useCan()("links.edit");
  const [open, setOpen] = useState(false);
  if (!mayEdit) return null;
  return (
    <>
      <Button
        mt="xs"
        size="compact-sm"
        variant="default"
        leftSection={<Icon name="link" />}
        onClick={() => setOpen(true)}
      >
        {t("entry.build")}
      </Button>
      {open && (
        <LinkBuilder
          link="new"
          botId={String(botId)}
          nodeId={String(nodeId)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

function EntryLink({ botId, nodeId, channel }: Props & { channel: string }) {
  const { t } = useTranslation("links");
  const channelName = useChannelName();
  const preview = usePreview({
    bot_id: botId,
    channel,
    node_id: nodeId,
    value: "",
    payload: {},
    utm: {},
    text: "",
    label: "",
  });
  const found = preview.data?.addresses;
  if (!found) return null;
  return (
    <CopyField
      label={t("entry.url", { channel: channelName(channel) })}
      value={found.url ?? found.start_text}
    />
  );
}
