// A new bot like another one: it is named, and its key is shown once.
import { Alert, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SecretOnce } from "@/ui/CopyField";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { isAlias } from "./alias";
import { type BotListed, useCopyBot } from "./queries";

type Props = { bot: BotListed; onClose: () => void };
type Made = { name: string; api_key: string };

export function CopyBot({ bot, onClose }: Props) {
  const { t } = useTranslation(["bots", "common"]);
  const copy = useCopyBot(bot.id);
  const [made, setMade] = useState<Made | null>(null);
  const form = useApiForm({
    initial: { name: t("copy.name", { name: bot.name }), alias: "" },
    check: ({ alias }) => (alias === "" || isAlias(alias) ? {} : { alias: t("badAlias") }),
    submit: ({ name, alias }) => copy({ name, alias: alias || null }),
    onDone: setMade,
  });
  return (
    <FormDrawer
      opened
      title={t("copy.title", { name: bot.name })}
      form={form}
      submitLabel={t("copy.action")}
      onClose={onClose}
      done={made ? <Copied made={made} /> : undefined}
    >
      <Text size="sm" c="dimmed">
        {t("copy.about")}
      </Text>
      <TextInput label={t("common:name")} required data-autofocus {...form.bindText("name")} />
      <TextInput label={t("alias")} description={t("aliasHint")} {...form.bindText("alias")} />
    </FormDrawer>
  );
}

function Copied({ made }: { made: Made }) {
  const { t } = useTranslation("bots");
  return (
    <>
      <Alert color="green" role="status">
        {t("copy.done", { name: made.name })}
      </Alert>
      <SecretOnce label={t("key.title")} value={made.api_key} />
    </>
  );
}
