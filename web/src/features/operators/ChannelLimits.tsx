// How many chats of single channels somebody gets at once, beside the limit for all.
import { ActionIcon, Group, NumberInput, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useChannelChoices, useChannelName } from "@/features/channels";
import { Icon } from "@/ui/Icon";
import type { Typed } from "./limits";

type Props = {
  value: Record<string, Typed>;
  error?: string;
  onChange: (limits: Record<string, Typed>) => void;
};

export function ChannelLimits({ value, error, onChange }: Props) {
  const { t } = useTranslation("operators");
  const channelName = useChannelName();
  const free = useChannelChoices().filter((channel) => !(channel.value in value));
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
          data={free}
          value={null}
          error={error}
          onChange={(channel) => channel && onChange({ ...value, [channel]: 1 })}
        />
      )}
    </>
  );
}
