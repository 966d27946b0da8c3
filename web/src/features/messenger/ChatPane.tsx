// The client's screen: bubbles, buttons to press, and the line to write in.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Bubble } from "@/ui/chat/Bubble";
import { Thread } from "@/ui/chat/Thread";
import { EmptyState } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { StatusBadge } from "@/ui/StatusBadge";
import { Composer } from "./Composer";
import { type Bubble as BubbleData, bubblesOf, isTyping } from "./entries";
import classes from "./Messenger.module.css";
import type { TestChat } from "./queries";
import type { Chat } from "./useChat";
import {
  contactUpdate,
  locationUpdate,
  type Press,
  pressUpdate,
  startCommand,
  textUpdate,
  type Update,
  type WireMessage,
} from "./wire";
import { wordsOf } from "./words";

/** What the test client shares when a bot asks for it. */
const samplePhone = "+380501234567";
const samplePlace = [50.4501, 30.5234] as const;

type Props = { chat: TestChat; live: Chat; language: string };

export function ChatPane({ chat, live, language }: Props) {
  const { t } = useTranslation("messenger");
  const client = { chatId: chat.chat_id, firstName: t("clientName"), language };
  const bubbles = bubblesOf(live.entries);
  const start = () => live.say(textUpdate(client, startCommand));

  const updateOf = (press: Press, message: WireMessage): Update => {
    if (press.kind === "callback") return pressUpdate(client, press.data, message.messageId);
    if (press.kind === "contact") return contactUpdate(client, samplePhone);
    if (press.kind === "location") return locationUpdate(client, ...samplePlace);
    return textUpdate(client, press.text);
  };
  const onPress = (press: Press, message: WireMessage) => live.say(updateOf(press, message));
  const lastBot = bubbles.findLast(({ kind }) => kind === "bot")?.id;

  return (
    <section className={classes.chat} aria-label={t("chat")}>
      {bubbles.length === 0 ? (
        <EmptyState
          icon="message"
          title={t("empty")}
          text={t("emptyText")}
          action={
            <Button leftSection={<Icon name="play" />} loading={live.sending} onClick={start}>
              {startCommand}
            </Button>
          }
        />
      ) : (
        <Thread label={t("chat")} count={bubbles.length}>
          {bubbles.map((bubble) => (
            <One
              key={bubble.id}
              bubble={bubble}
              // A keyboard in place of the phone's goes away with the next message.
              isLast={bubble.id === lastBot}
              onPress={onPress}
            />
          ))}
          {isTyping(live.entries) && <Bubble side="note" text={t("typing")} />}
        </Thread>
      )}
      <Composer client={client} sending={live.sending} onSay={live.say} />
    </section>
  );
}

type OneProps = {
  bubble: BubbleData;
  isLast: boolean;
  onPress: (press: Press, message: WireMessage) => void;
};

function One({ bubble, isLast, onPress }: OneProps) {
  const { t } = useTranslation("messenger");
  const format = useFormat();
  if (bubble.kind === "note") {
    const { event, operator } = bubble.message;
    const words = wordsOf(bubble.message);
    return <Bubble side="note" text={words ? t(words, { name: operator }) : event} />;
  }
  const time = <time>{format.time(bubble.at)}</time>;
  if (bubble.kind === "client") {
    const { own, failed } = bubble;
    return (
      <Bubble
        side="out"
        text={own.press ? t("pressed", { data: own.text }) : own.text}
        files={own.files}
        foot={
          <>
            {time}
            {failed && <StatusBadge tone="bad">{t("notAccepted")}</StatusBadge>}
          </>
        }
      >
        {failed && <small>{failed.slice(0, 300)}</small>}
      </Bubble>
    );
  }
  const { message, edited, deleted } = bubble;
  const shows = message.inline || isLast;
  return (
    <Bubble
      side="in"
      author={message.author}
      text={deleted ? t("deleted") : message.text}
      files={deleted ? [] : message.files}
      inline={message.inline}
      rows={
        shows && !deleted
          ? message.rows.map((row) =>
              row.map(({ press, ...button }) => ({
                ...button,
                onPress: press ? () => onPress(press, message) : undefined,
              })),
            )
          : []
      }
      foot={
        <>
          {time}
          {edited && <span>{t("edited")}</span>}
        </>
      }
    />
  );
}
