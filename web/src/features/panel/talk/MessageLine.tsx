// One message of a conversation: client, bot, operator, note or a line of the system.
import { Button } from "@mantine/core";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Bubble } from "@/ui/chat/Bubble";
import { filesOf, keyboardOf, type MediaStatus, mediaStatus, reactionsOf } from "@/ui/chat/content";
import { MarkedText } from "@/ui/chat/MarkedText";
import { Steps, toldBefore } from "@/ui/chat/Steps";
import { useSystemText } from "@/ui/chat/systemText";
import { partsOf } from "../logic/find";
import { isMarked, marksIn } from "../logic/wording";
import type { Message } from "../types";
import { DeliveryMark } from "./DeliveryMark";
import { useDeeds } from "./deeds";
import { ForwardedFrom } from "./forward/ForwardedFrom";
import { MessageEditor } from "./MessageEditor";
import { MessageMenu } from "./MessageMenu";
import { NamedText } from "./mention/NamedText";
import { OtherChannel } from "./other/OtherChannel";
import { Quote } from "./Quote";
import classes from "./Talk.module.css";

type Props = {
  message: Message;
  /** Said by the same author in one breath: named once. */
  follows: boolean;
  /** What is looked for, to be marked. */
  words: string;
  isSpot: boolean;
  isEdited: boolean;
  isTabStop: boolean;
};

export const MessageLine = memo(function MessageLine(props: Props) {
  const systemText = useSystemText();
  const { message, isSpot } = props;
  const told = message.kind === "system" && toldBefore(message);
  if (told) return <Steps told={told} place={message.seq} isSpot={isSpot} />;
  if (message.kind === "system") {
    const text = systemText(message);
    return <Bubble side="note" text={text} place={message.seq} isSpot={isSpot} />;
  }
  return message.deleted_at ? <Gone {...props} /> : <Said {...props} />;
});

/** Side, colour and name of whoever said it. */
function useSpeaker({ direction, author_kind, author_name }: Message, follows: boolean) {
  const { t } = useTranslation("panel");
  const isNote = direction === "note";
  const name = author_kind === "bot" ? author_name || t("bot") : author_name;
  return {
    side: isNote || direction === "out" ? ("out" as const) : ("in" as const),
    tone: isNote ? ("note" as const) : author_kind === "bot" ? ("bot" as const) : undefined,
    author: follows ? undefined : isNote ? t("noteOf", { name }) : name,
  };
}

function Gone({ message, follows, isSpot }: Props) {
  const { t } = useTranslation("panel");
  const speaker = useSpeaker(message, follows);
  const foot = <SaidAt message={message} />;
  const place = { place: message.seq, isSpot };
  return <Bubble {...speaker} {...place} text={t("deleted")} isGone foot={foot} />;
}

function Said({ message, follows, words, isSpot, isEdited, isTabStop }: Props) {
  const { t } = useTranslation("panel");
  const speaker = useSpeaker(message, follows);
  const { goTo } = useDeeds();
  const { kind, direction, content, reply_to, text } = message;
  const keyboard = keyboardOf(content);
  const said = kind === "press" ? t("pressed", { button: text }) : text;
  const marks = marksIn({ text: said, marked: isMarked(message) });
  return (
    <Bubble
      {...speaker}
      quote={
        <>
          {message.forwarded && <ForwardedFrom from={message.forwarded} />}
          {reply_to && <Quote quoted={reply_to} onGo={() => goTo(reply_to.seq)} />}
        </>
      }
      text={
        said &&
        !isEdited && (
          <MarkedText
            marks={marks}
            words={(part) => (
              <NamedText
                text={part}
                people={message.mentions}
                words={(piece) => <Found text={piece} words={words} />}
              />
            )}
          />
        )
      }
      files={filesOf(content, kind)}
      rows={keyboard.rows}
      inline={keyboard.inline}
      place={message.seq}
      isSpot={isSpot}
      menu={!isEdited && <MessageMenu message={message} isTabStop={isTabStop} />}
      foot={
        <>
          <SaidAt message={message} />
          {message.edited_at && <span>{t("edited")}</span>}
          {direction === "out" && <DeliveryMark status={message.status} />}
        </>
      }
    >
      {isEdited && <MessageEditor message={message} />}
      <Media status={mediaStatus(content)} />
      <Reactions given={reactionsOf(content)} />
      {message.status === "failed" && <Failed message={message} />}
    </Bubble>
  );
}

function SaidAt({ message }: { message: Message }) {
  const format = useFormat();
  return <time dateTime={message.created_at}>{format.time(message.created_at)}</time>;
}

function Found({ text, words }: { text: string; words: string }) {
  let at = 0;
  return partsOf(text, words).map((part) => {
    at += part.text.length;
    return part.isHit ? <mark key={at}>{part.text}</mark> : part.text;
  });
}

function Media({ status }: { status: MediaStatus }) {
  const { t } = useTranslation("panel");
  if (!status) return null;
  return <small>{t(status === "fetching" ? "mediaFetching" : "mediaGone")}</small>;
}

function Reactions({ given }: { given: string[] }) {
  const { t } = useTranslation("panelTalk");
  if (given.length === 0) return null;
  const shown = given.join(" ");
  return (
    <span className={classes.reactions} role="img" aria-label={t("reactions", { given: shown })}>
      {shown}
    </span>
  );
}

function Failed({ message }: { message: Message }) {
  const { t } = useTranslation("panel");
  const { sendAgain } = useDeeds();
  const status = /^http_(\d{3})$/.exec(message.error ?? "")?.[1];
  return (
    <span className={classes.reason}>
      {status ? t("delivery.answered", { status }) : message.error || t("delivery.failed")}
      <span>
        <Button size="compact-xs" variant="default" onClick={() => sendAgain(message)}>
          {t("sendAgain")}
        </Button>
        <OtherChannel message={message} />
      </span>
    </span>
  );
}
