// The bot's own API key: made with the bot, shown once, changed by rotation.
import { Button, Group, NumberInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { useFormat } from "@/i18n/format";
import { SecretOnce } from "@/ui/CopyField";
import { FormProblem } from "@/ui/form/FormProblem";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section } from "@/ui/page/Page";
import { type Bot, useRotateBotKey } from "./queries";

export function KeyTab({ bot }: { bot: Bot }) {
  const { t } = useTranslation("bots");
  const can = useCan();
  const format = useFormat();
  const rotate = useRotateBotKey(bot.id);
  const [fresh, setFresh] = useState<{ api_key: string; previous_until: string } | null>(null);
  const form = useApiForm({
    initial: { hours: 24 },
    submit: ({ hours }) => rotate(hours),
    onDone: setFresh,
  });
  return (
    <Section title={t("key.title")} about={t("key.about")}>
      {fresh && <SecretOnce label={t("key.title")} value={fresh.api_key} />}
      {fresh && (
        <span>{t("key.previousUntil", { at: format.dateTime(fresh.previous_until) })}</span>
      )}
      {can("bots.edit") && (
        <form onSubmit={form.onSubmit}>
          <Group align="flex-end">
            <NumberInput
              label={t("key.overlap")}
              description={t("key.overlapHint")}
              min={0}
              max={168}
              {...form.bind("hours")}
              onChange={(value) => form.set("hours", Number(value))}
            />
            <Button type="submit" variant="default" loading={form.busy}>
              {t("key.rotate")}
            </Button>
          </Group>
          <FormProblem failure={form.failure} />
        </form>
      )}
    </Section>
  );
}
