// One stored message as a bubble with its status.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Bubble } from "@/ui/chat/Bubble";
import { filesOf, keyboardOf, mediaStatus } from "@/ui/chat/content";
import { Steps, toldBefore } from "@/ui/chat/Steps";
import { useSystemText } from "@/ui/chat/systemText";
import { StatusBadge } from "@/ui/StatusBadge";
import type { Message } from "./queries";
import { isKeyOf, messageStatuses } from "./statuses";

type Props = { message: Message; onFetchAgain: (id: number) => void };

export function MessageView({ message, onFetchAgain }: Props) {
  const { t } = useTranslation("dialogs");
  const format = useFormat();
  const { content, kind, direction, deleted_at } = message;
  const systemText = useSystemText();
  const keyboard = keyboardOf(content);
  const media = mediaStatus(content);
  const told = kind === "system" && toldBefore(message);
  if (told) return <Steps told={told} />;
  const text = deleted_at
    ? t("deleted")
    : kind === "press"
      ? t("pressed", { button: message.text })
      : kind === "system"
        ? systemText(message)
        : message.text;

  return (
    <Bubble
      side={sideOf(direction)}
      author={message.author_name}
      text={text}
      files={deleted_at ? [] : filesOf(content, kind)}
      rows={keyboard.rows}
      inline={keyboard.inline}
      foot={<Foot message={message} at={format.time(message.created_at)} />}
    >
      {media === "fetching" && <small>{t("media.fetching")}</small>}
      {media === "unavailable" && (
        <span>
          <small>{t("media.unavailable")} </small>
          <Button size="compact-xs" variant="default" onClick={() => onFetchAgain(message.id)}>
            {t("media.again")}
          </Button>
        </span>
      )}
    </Bubble>
  );
}

function sideOf(direction: string) {
  return direction === "note" ? "note" : direction === "out" ? "out" : "in";
}

function Foot({ message, at }: { message: Message; at: string }) {
  const { t } = useTranslation("dialogs");
  const { status, error, direction, run_id } = message;
  const known = isKeyOf(messageStatuses, status);
  return (
    <>
      <time dateTime={message.created_at}>{at}</time>
      {direction === "out" && (
        <StatusBadge tone={known ? messageStatuses[status] : "idle"} hint={error ?? undefined}>
          {known ? t(`status.${status}`) : status}
        </StatusBadge>
      )}
      {status === "failed" && error && <span>{error}</span>}
      {message.edited_at && <span>{t("edited")}</span>}
      {message.while_inactive && <span>{t("whileInactive")}</span>}
      {run_id !== null && (
        <Link to="/runs/$id" params={{ id: String(run_id) }}>
          {t("runNumber", { id: run_id })}
        </Link>
      )}
    </>
  );
}
