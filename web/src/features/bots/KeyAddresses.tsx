// From where the bot's key is taken, and what was called by it.
import { Anchor, Button, Group, TagsInput, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, send } from "@/api/client";
import type { components } from "@/api/schema";
import { useCan } from "@/features/session";
import { useFormat } from "@/i18n/format";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section } from "@/ui/page/Page";

type Key = components["schemas"]["KeyOut"];
const keys = ["keys"];

/** The bot's own key, among those that other systems may have for it. */
function useBotKey(bot_id: number) {
  return useQuery({
    queryKey: [...keys, "of-bot", bot_id],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/keys", { params: { query: { bot_id, limit: 200 } }, signal })),
    select: ({ items }) => items.find(({ default_of_bot }) => default_of_bot === bot_id) ?? null,
  });
}

function useSaveAddresses(key_id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { ip_allowlist: string[] }) =>
      send(api.PATCH("/api/v1/keys/{key_id}", { params: { path: { key_id } }, body })),
    meta: { ownErrors: true },
    onSuccess: () => cache.invalidateQueries({ queryKey: keys }),
  }).mutateAsync;
}

export function KeyAddresses({ botId }: { botId: number }) {
  return (
    <Loaded query={useBotKey(botId)} rows={2}>
      {(key) => key && <Addresses key={key.id} apiKey={key} />}
    </Loaded>
  );
}

function Addresses({ apiKey }: { apiKey: Key }) {
  const { t } = useTranslation(["bots", "common"]);
  const can = useCan();
  const format = useFormat();
  const save = useSaveAddresses(apiKey.id);
  const form = useApiForm({
    initial: { ip_allowlist: apiKey.ip_allowlist },
    submit: save,
    onDone: () => showDone(t("common:saved")),
  });
  const { last_used_at, last_used_address } = apiKey;
  return (
    <Section title={t("key.use")} about={t("key.useAbout")}>
      <Text size="sm">
        {last_used_at
          ? t("key.lastUsed", { at: format.dateTime(last_used_at), address: last_used_address })
          : t("key.neverUsed")}
      </Text>
      {can("deliveries.view") && (
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link to="/request-log" search={{ key_id: String(apiKey.id) }} {...props} />
          )}
        >
          {t("key.calls")}
        </Anchor>
      )}
      <form onSubmit={form.onSubmit} noValidate>
        <TagsInput
          label={t("key.addresses")}
          description={t("key.addressesHint")}
          placeholder={form.values.ip_allowlist.length ? undefined : "203.0.113.0/24"}
          disabled={!can("keys.edit")}
          clearable
          {...form.bind("ip_allowlist")}
        />
        <FormProblem failure={form.failure} shownFields={["ip_allowlist"]} />
        {can("keys.edit") && (
          <Group mt="sm">
            <Button type="submit" variant="default" loading={form.busy} disabled={!form.dirty}>
              {t("common:save")}
            </Button>
          </Group>
        )}
      </form>
    </Section>
  );
}
