// How many chats of single channels somebody gets at once, beside the limit for all.
import { ActionIcon, Group, NumberInput, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/bots";
import { Icon } from "@/ui/Icon";
import type { Typed } from "./limits";
import { useTeam } from "./queries";

type Props = {
  value: Record<string, Typed>;
  error?: string;
  onChange: (limits: Record<string, Typed>) => void;
};

/** The channel that everyone has, and those that the team has chats in or limits for. */
function useChannels(): string[] {
  const { data = [] } = useTeam();
  const seen = data.flatMap((row) => [
    ...Object.keys(row.active_by_channel),
    ...Object.keys(row.channel_limits),
  ]);
  return [...new Set(["custom_channel", ...seen])].sort();
}

export function ChannelLimits({ value, error, onChange }: Props) {
  const { t } = useTranslation("operators");
  const channelName = useChannelName();
  const free = useChannels().filter((channel) => !(channel in value));
  const remove = (channel: string) => {
    const { [channel]: _gone, ...rest } = value;
    onChange(rest);
  };
  return (
    <>
      {Object.entries(value).map(([channel, limit]) => (
        <Group key={channel} gap="xs" align="flex-end" wrap="nowrap">
          <NumberInput
            label={t("limit.ofChannel", { channel: channelName(channel) })}
            min={0}
            max={1000}
            allowDecimal={false}
            clampBehavior="none"
            style={{ flex: 1 }}
            error={error !== undefined}
            value={limit}
            onChange={(next) => onChange({ ...value, [channel]: next })}
          />
          <ActionIcon
            size="var(--control-h)"
            aria-label={t("limit.remove", { channel: channelName(channel) })}
            onClick={() => remove(channel)}
          >
            <Icon name="trash" />
          </ActionIcon>
        </Group>
      ))}
      {(free.length > 0 || error) && (
        <Select
          label={t("limit.add")}
          description={t("limit.addHint")}
          placeholder={t("limit.choose")}
          data={free.map((channel) => ({ value: channel, label: channelName(channel) }))}
          value={null}
          error={error}
          onChange={(channel) => channel && onChange({ ...value, [channel]: 1 })}
        />
      )}
    </>
  );
}
