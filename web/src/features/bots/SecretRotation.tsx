// A new signing secret, with the old one signing along for a while.
import { Button, Group, NumberInput, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { FormProblem } from "@/ui/form/FormProblem";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section } from "@/ui/page/Page";
import { type CustomChannel, useRotateSecret } from "./channelQueries";

type Props = { botId: number; channel: CustomChannel; onSecret: (secret: string) => void };

export function SecretRotation({ botId, channel, onSecret }: Props) {
  const { t } = useTranslation("bots");
  const format = useFormat();
  const rotate = useRotateSecret(botId);
  const form = useApiForm({
    initial: { overlap_h: 24 },
    submit: ({ overlap_h }) => rotate(overlap_h),
    onDone: (fresh) => {
      onSecret(fresh.signing_secret);
      document.getElementById("content")?.scrollTo({ top: 0, behavior: "smooth" });
    },
  });
  return (
    <Section title={t("channel.signingSecret")} about={t("channel.signingAbout")}>
      {channel.old_secret_until && (
        <Text size="sm">
          {t("channel.oldUntil", { at: format.dateTime(channel.old_secret_until) })}
        </Text>
      )}
      <form onSubmit={form.onSubmit}>
        <Group align="flex-end">
          <NumberInput
            label={t("channel.overlap")}
            description={t("channel.overlapHint")}
            min={0}
            max={168}
            {...form.bind("overlap_h")}
            onChange={(value) => form.set("overlap_h", Number(value))}
          />
          <Button type="submit" variant="default" loading={form.busy}>
            {t("channel.rotate")}
          </Button>
        </Group>
        <FormProblem failure={form.failure} shownFields={["overlap_h"]} />
      </form>
    </Section>
  );
}
