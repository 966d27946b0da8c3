// Creates or changes a key; the secret of a new one is shown once.
import { MultiSelect, NumberInput, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { SecretOnce } from "@/ui/CopyField";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { fromLocal, toLocal } from "./expiry";
import { type ApiKey, useCreateKey, useUpdateKey } from "./queries";
import { ScopePicker } from "./ScopePicker";
import { usual } from "./scopes";

type Values = {
  name: string;
  bot_ids: string[];
  scopes: string[];
  ip_allowlist: string[];
  rate_per_min: number;
  expires_at: string;
};

function initialOf(key: ApiKey | null): Values {
  return {
    name: key?.name ?? "",
    bot_ids: key?.bot_ids.map(String) ?? [],
    scopes: key?.scopes ?? usual,
    ip_allowlist: key?.ip_allowlist ?? [],
    rate_per_min: key?.rate_per_min ?? 600,
    expires_at: toLocal(key?.expires_at ?? null),
  };
}

type Props = { apiKey: ApiKey | "new"; onClose: () => void };

export function KeyForm({ apiKey, onClose }: Props) {
  const { t } = useTranslation(["keys", "common"]);
  const key = apiKey === "new" ? null : apiKey;
  const bots = useBotChoices();
  const create = useCreateKey();
  const update = useUpdateKey();
  const [secret, setSecret] = useState<string | null>(null);

  const form = useApiForm({
    initial: initialOf(key),
    submit: async (values) => {
      const body = {
        ...values,
        bot_ids: values.bot_ids.map(Number),
        expires_at: fromLocal(values.expires_at),
      };
      if (key) await update({ id: key.id, body });
      else setSecret((await create({ ...body, topic_ids: [] })).secret);
    },
    onDone: () => {
      if (!key) return;
      showDone(t("common:saved"));
      onClose();
    },
  });

  return (
    <FormDrawer
      opened
      title={key ? key.name : t("add")}
      form={form}
      submitLabel={key ? t("common:save") : t("add")}
      onClose={onClose}
      done={secret ? <SecretOnce label={t("secret")} value={secret} /> : undefined}
    >
      <TextInput
        label={t("common:name")}
        description={t("nameHint")}
        required
        data-autofocus
        {...form.bindText("name")}
      />
      <MultiSelect
        label={t("bots")}
        description={t("botsHint")}
        placeholder={form.values.bot_ids.length ? undefined : t("common:all")}
        data={bots}
        searchable
        clearable
        {...form.bind("bot_ids")}
      />
      <ScopePicker {...form.bind("scopes")} />
      <TagsInput
        label={t("addresses")}
        description={t("addressesHint")}
        placeholder={form.values.ip_allowlist.length ? undefined : "203.0.113.0/24"}
        clearable
        {...form.bind("ip_allowlist")}
      />
      <NumberInput
        label={t("rate")}
        min={1}
        max={1_000_000}
        {...form.bind("rate_per_min")}
        onChange={(value) => form.set("rate_per_min", Number(value))}
      />
      <TextInput
        type="datetime-local"
        label={t("expires")}
        description={t("expiresHint")}
        {...form.bindText("expires_at")}
      />
    </FormDrawer>
  );
}
