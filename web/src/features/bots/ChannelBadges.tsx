// The channels of a bot with their health, in words.
import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { components } from "@/api/schema";
import { useChannelName } from "@/features/channels";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";

type Summary = components["schemas"]["ChannelSummary"];

const tones: Record<Summary["health"], Tone> = {
  ok: "ok",
  error: "bad",
  off: "idle",
  unknown: "idle",
};

export function ChannelBadges({ channels }: { channels: Summary[] }) {
  const { t } = useTranslation("bots");
  const channelName = useChannelName();
  if (channels.length === 0) return <span>{t("channels.none")}</span>;
  return (
    <Group gap={4}>
      {channels.map(({ channel, health, detail }) => {
        const said = health === "unknown" && detail ? t("channels.slow") : detail;
        return (
          <StatusBadge key={channel} tone={tones[health]} hint={said || t(`channels.${health}`)}>
            {channelName(channel)}
          </StatusBadge>
        );
      })}
    </Group>
  );
}
