// One bot: settings, channels, custom channel, operators, API key, all of it as JSON.
import { Button, Stack, Tabs } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ChannelsTab } from "@/features/channels";
import { useCan } from "@/features/session";
import { Loaded } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/page/Page";
import { BotSwitch, InactiveNotice } from "./BotSwitch";
import { ChannelTab } from "./ChannelTab";
import { JsonTab } from "./JsonTab";
import { KeyAddresses } from "./KeyAddresses";
import { KeyTab } from "./KeyTab";
import { OperatorsTab } from "./OperatorsTab";
import { useBot } from "./queries";
import { SettingsTab } from "./SettingsTab";

type Props = { id: number; tab: string; onTab: (tab: string | undefined) => void };

export function BotPage({ id, tab, onTab }: Props) {
  const { t } = useTranslation(["bots", "botOperators"]);
  const can = useCan();
  const query = useBot(id);
  const bot = query.data?.data;

  return (
    <Page
      title={bot?.name ?? t("one")}
      badge={bot && <BotSwitch bot={bot} withLabel />}
      back={
        <Link to="/bots">
          <Icon name="arrowLeft" size={12} /> {t("title")}
        </Link>
      }
      actions={
        <>
          {can("messenger.use") && (
            <Button
              variant="default"
              leftSection={<Icon name="phone" />}
              renderRoot={(props) => (
                <Link to="/messenger" search={{ bot_id: String(id) }} {...props} />
              )}
            >
              {t("tryIt")}
            </Button>
          )}
          {can("scenarios.view") && (
            <Button
              leftSection={<Icon name="flow" />}
              renderRoot={(props) => (
                <Link to="/dialog/bot-scenario/$id" params={{ id: String(id) }} {...props} />
              )}
            >
              {t("scenario")}
            </Button>
          )}
        </>
      }
    >
      <Loaded query={query}>
        {({ data, etag }) => (
          <Tabs value={tab} onChange={(value) => onTab(value ?? undefined)}>
            <Tabs.List>
              <Tabs.Tab value="settings">{t("tabs.settings")}</Tabs.Tab>
              {can("channels.view") && <Tabs.Tab value="channels">{t("tabs.channels")}</Tabs.Tab>}
              {can("channels.view") && <Tabs.Tab value="channel">{t("tabs.channel")}</Tabs.Tab>}
              {can("operators.view") && (
                <Tabs.Tab value="operators">{t("botOperators:tab")}</Tabs.Tab>
              )}
              <Tabs.Tab value="key">{t("tabs.key")}</Tabs.Tab>
              <Tabs.Tab value="json">{t("tabs.json")}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="settings" pt="md">
              <SettingsTab key={data.id} bot={data} etag={etag} />
            </Tabs.Panel>
            <Tabs.Panel value="channels" pt="md">
              <Stack gap="md">
                {!data.active && <InactiveNotice />}
                <ChannelsTab botId={data.id} />
              </Stack>
            </Tabs.Panel>
            <Tabs.Panel value="channel" pt="md">
              <Stack gap="md">
                {!data.active && <InactiveNotice />}
                <ChannelTab botId={data.id} />
              </Stack>
            </Tabs.Panel>
            <Tabs.Panel value="operators" pt="md">
              <OperatorsTab botId={data.id} />
            </Tabs.Panel>
            <Tabs.Panel value="key" pt="md">
              <Stack gap="md">
                <KeyTab bot={data} />
                {can("keys.view") && <KeyAddresses botId={data.id} />}
              </Stack>
            </Tabs.Panel>
            <Tabs.Panel value="json" pt="md">
              <JsonTab key={data.id} bot={data} etag={etag} />
            </Tabs.Panel>
          </Tabs>
        )}
      </Loaded>
    </Page>
  );
}
