// One message of a conversation: client, bot, operator, note or a line of the system.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Bubble } from "@/ui/chat/Bubble";
import { filesOf, keyboardOf, type MediaStatus, mediaStatus } from "@/ui/chat/content";
import { useSystemText } from "@/ui/chat/systemText";
import type { Message } from "../types";
import { DeliveryMark } from "./DeliveryMark";
import classes from "./Talk.module.css";

type Props = {
  message: Message;
  /** Said by the same author in one breath: named once. */
  follows: boolean;
  onSendAgain?: (message: Message) => void;
};

export function MessageLine({ message, follows, onSendAgain }: Props) {
  const { t } = useTranslation("panel");
  const format = useFormat();
  const systemText = useSystemText();
  const { kind, direction, author_kind, author_name, content, deleted_at } = message;
  if (kind === "system") return <Bubble side="note" text={systemText(message)} />;

  const isNote = direction === "note";
  const ours = isNote || direction === "out";
  const keyboard = keyboardOf(content);
  const author = author_kind === "bot" ? author_name || t("bot") : author_name;
  const pressed = kind === "press" ? t("pressed", { button: message.text }) : message.text;
  return (
    <Bubble
      side={ours ? "out" : "in"}
      tone={isNote ? "note" : author_kind === "bot" ? "bot" : undefined}
      author={follows ? undefined : isNote ? t("noteOf", { name: author }) : author}
      text={deleted_at ? t("deleted") : pressed}
      files={deleted_at ? [] : filesOf(content, kind)}
      rows={deleted_at ? [] : keyboard.rows}
      inline={keyboard.inline}
      foot={
        <>
          <time dateTime={message.created_at}>{format.time(message.created_at)}</time>
          {message.edited_at && <span>{t("edited")}</span>}
          {direction === "out" && <DeliveryMark status={message.status} />}
        </>
      }
    >
      <Media status={mediaStatus(content)} />
      {message.status === "failed" && <Failed message={message} onSendAgain={onSendAgain} />}
    </Bubble>
  );
}

function Media({ status }: { status: MediaStatus }) {
  const { t } = useTranslation("panel");
  if (!status) return null;
  return <small>{t(status === "fetching" ? "mediaFetching" : "mediaGone")}</small>;
}

function Failed({ message, onSendAgain }: Pick<Props, "message" | "onSendAgain">) {
  const { t } = useTranslation("panel");
  const status = /^http_(\d{3})$/.exec(message.error ?? "")?.[1];
  return (
    <span className={classes.reason}>
      {status ? t("delivery.answered", { status }) : message.error || t("delivery.failed")}{" "}
      {onSendAgain && (
        <Button size="compact-xs" variant="default" onClick={() => onSendAgain(message)}>
          {t("sendAgain")}
        </Button>
      )}
    </span>
  );
}
