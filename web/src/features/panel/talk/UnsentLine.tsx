// A message on its way to the server, or refused by it.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Bubble } from "@/ui/chat/Bubble";
import { MarkedText } from "@/ui/chat/MarkedText";
import { outbox } from "../data/outbox";
import type { Unsent } from "../logic/outbox";
import { marksIn } from "../logic/wording";
import { DeliveryMark } from "./DeliveryMark";
import { NamedText } from "./mention/NamedText";
import { Quote } from "./Quote";
import classes from "./Talk.module.css";

export function UnsentLine({ unsent }: { unsent: Unsent }) {
  const { t } = useTranslation("panel");
  const format = useFormat();
  const { kind, text, marked = false, files, at, refused, clientMsgId, replyTo, mentions } = unsent;
  return (
    <Bubble
      side="out"
      tone={kind === "note" ? "note" : undefined}
      quote={replyTo && <Quote quoted={replyTo} />}
      text={
        <MarkedText
          marks={marksIn({ text, marked })}
          words={(part) => <NamedText text={part} people={mentions} />}
        />
      }
      files={files.map(({ name }) => ({ kind: "document", name }))}
      foot={
        <>
          <time dateTime={new Date(at).toISOString()}>{format.time(at)}</time>
          <DeliveryMark status={refused ? "failed" : "pending"} />
        </>
      }
    >
      {refused && (
        <span className={classes.reason}>
          {refused}
          <span>
            <Button size="compact-xs" variant="default" onClick={() => outbox.retry(clientMsgId)}>
              {t("sendAgain")}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => outbox.discard(clientMsgId)}
            >
              {t("discard")}
            </Button>
          </span>
        </span>
      )}
    </Bubble>
  );
}
