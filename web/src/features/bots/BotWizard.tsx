// Creates a bot: name, alias, languages; then shows its key once and leads to its channel.
import { Alert, Anchor, MultiSelect, Text, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "@/i18n";
import { currentZone } from "@/i18n/zone";
import { SecretOnce } from "@/ui/CopyField";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { ZoneSelect } from "@/ui/form/ZoneSelect";
import { isAlias } from "./alias";
import { useLanguageChoices } from "./languageChoices";
import { useCreateBot } from "./queries";

type Created = { id: number; name: string; api_key: string };

export function BotWizard({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["bots", "common"]);
  const create = useCreateBot();
  const choices = useLanguageChoices();
  const [created, setCreated] = useState<Created | null>(null);
  const form = useApiForm({
    initial: {
      name: "",
      alias: "",
      languages: [currentLanguage()] as string[],
      timezone: currentZone(),
    },
    check: ({ alias }) => (alias === "" || isAlias(alias) ? {} : { alias: t("badAlias") }),
    // An alias left empty is made from the name, and made unique, by the server.
    submit: ({ alias, ...values }) =>
      create({ ...values, alias: alias || null, test_mode: false, error_text: {} }),
    onDone: setCreated,
  });

  return (
    <FormDrawer
      opened
      title={t("add")}
      form={form}
      submitLabel={t("wizard.create")}
      onClose={onClose}
      done={created ? <CreatedBot bot={created} /> : undefined}
    >
      <TextInput
        label={t("common:name")}
        description={t("nameHint")}
        required
        data-autofocus
        {...form.bindText("name")}
      />
      <TextInput label={t("alias")} description={t("aliasHint")} {...form.bindText("alias")} />
      <MultiSelect
        label={t("languages")}
        description={t("languagesHint")}
        data={choices}
        searchable
        required
        {...form.bind("languages")}
      />
      <ZoneSelect label={t("timezone")} {...form.bind("timezone")} />
      <Text size="sm" c="dimmed">
        {t("wizard.inactive")}
      </Text>
    </FormDrawer>
  );
}

function CreatedBot({ bot }: { bot: Created }) {
  const { t } = useTranslation("bots");
  return (
    <>
      <Alert color="accent">{t("wizard.created", { name: bot.name })}</Alert>
      <SecretOnce label={t("key.title")} value={bot.api_key} />
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link
            to="/bots/$id"
            params={{ id: String(bot.id) }}
            search={{ tab: "channel" }}
            {...props}
          />
        )}
      >
        {t("wizard.toChannel")}
      </Anchor>
    </>
  );
}
