// The last calls between us and a provider, the newest first.
import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EmptyState, Loaded } from "@/ui/feedback/States";
import { prettyJson } from "@/ui/prettyJson";
import { RelativeTime } from "@/ui/RelativeTime";
import { ScrollCode } from "@/ui/ScrollCode";
import { SidePanel } from "@/ui/SidePanel";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { type Account, type ChannelEvent, useChannelEvents } from "./queries";

type Props = { account: Account; opened: boolean; onClose: () => void };

const GOOD = ["ok", "delivered", "duplicate"];
const WAITING = ["pending", "retrying"];

function toneOf(outcome: string): Tone {
  if (GOOD.includes(outcome)) return "ok";
  return WAITING.includes(outcome) ? "info" : "warn";
}

export function EventLog({ account, opened, onClose }: Props) {
  const { t } = useTranslation("channels");
  const query = useChannelEvents(account.id, opened);
  return (
    <SidePanel opened={opened} title={t("log.title")} onClose={onClose} size={640}>
      <Loaded query={query}>
        {(events) =>
          events.length === 0 ? (
            <EmptyState title={t("log.empty")} text={t("log.emptyText")} />
          ) : (
            <Stack gap="md" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
              {events.map((event, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: calls have no names of their own
                <li key={index}>
                  <OneEvent event={event} />
                </li>
              ))}
            </Stack>
          )
        }
      </Loaded>
    </SidePanel>
  );
}

function OneEvent({ event }: { event: ChannelEvent }) {
  const { t } = useTranslation("channels");
  return (
    <article>
      <Text size="sm">
        <StatusBadge tone={toneOf(event.outcome)}>{t(`log.${event.direction}`)}</StatusBadge>{" "}
        <b>{event.kind}</b> {event.chat_id && `· ${event.chat_id} `}· <RelativeTime at={event.at} />{" "}
        · {event.outcome}
      </Text>
      {event.error && (
        <Text size="sm" c="red">
          {event.error}
        </Text>
      )}
      <ScrollCode>{prettyJson(event.body)}</ScrollCode>
    </article>
  );
}
