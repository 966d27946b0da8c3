// A reply that is not sent yet: when it goes, or why it did not, and what can be done about it.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { storedText } from "@/i18n/stored";
import { Bubble } from "@/ui/chat/Bubble";
import { filesOf } from "@/ui/chat/content";
import { MarkedText } from "@/ui/chat/MarkedText";
import { Icon } from "@/ui/Icon";
import { useNow } from "@/ui/time/clock";
import { useMoveScheduled, useSendScheduled } from "../../data/scheduled";
import { isMarked, marksIn } from "../../logic/wording";
import type { Scheduled } from "../../types";
import { useDeeds } from "../deeds";
import { Quote } from "../Quote";
import talk from "../Talk.module.css";
import classes from "./Later.module.css";
import { PickMoment } from "./PickMoment";
import { useTakeBack } from "./useTakingBack";

const hourMs = 3_600_000;

export function ScheduledLine({ one }: { one: Scheduled }) {
  const { me, details } = useDeeds();
  const { author_id, author_name, reply_to, text, content, state, delayed } = one;
  const may = details.may.includes("reply") || author_id === me;
  return (
    <Bubble
      side="out"
      author={author_id === me ? undefined : author_name}
      quote={reply_to && <Quote quoted={reply_to} />}
      text={<MarkedText marks={marksIn({ text, marked: isMarked(one) })} />}
      files={filesOf(content, "text")}
      foot={state === "waiting" && (delayed ? <GoesIn one={one} /> : <GoesAt one={one} />)}
    >
      {state === "refused" && <Refused one={one} />}
      {may && (delayed && state === "waiting" ? <Regret one={one} /> : <Choices one={one} />)}
    </Bubble>
  );
}

function GoesIn({ one }: { one: Scheduled }) {
  const { t } = useTranslation("panelLater");
  const left = Math.ceil((Date.parse(one.send_at) - useNow()) / 1000);
  return (
    <span className={classes.when} role="timer">
      <Icon name="clock" size={13} />
      {left > 0 ? t("goesIn", { left }) : t("goes")}
    </span>
  );
}

function GoesAt({ one }: { one: Scheduled }) {
  const { t } = useTranslation("panelLater");
  const format = useFormat();
  return (
    <span className={classes.when}>
      <Icon name="clock" size={13} />
      <time dateTime={one.send_at}>{t("goesAt", { at: format.dateTime(one.send_at) })}</time>
    </span>
  );
}

function Refused({ one }: { one: Scheduled }) {
  const { t } = useTranslation("panelLater");
  const why = storedText(`panelLater:why.${one.error}`) ?? t("why.other");
  return <span className={talk.reason}>{t("notSent", { why })}</span>;
}

function Regret({ one }: { one: Scheduled }) {
  const { t } = useTranslation("panelLater");
  const takeBack = useTakeBack(useDeeds().me);
  return (
    <span className={classes.choices}>
      <Button size="compact-xs" variant="default" onClick={() => takeBack(one)}>
        {t("takeBack")}
      </Button>
    </span>
  );
}

function Choices({ one }: { one: Scheduled }) {
  const { t } = useTranslation("panelLater");
  const [picking, setPicking] = useState(false);
  const sendNow = useSendScheduled();
  const move = useMoveScheduled();
  const takeBack = useTakeBack(useDeeds().me);
  const isRefused = one.state === "refused";
  const begins = isRefused ? Date.now() + hourMs : Date.parse(one.send_at);
  return (
    <span className={classes.choices}>
      <Button
        size="compact-xs"
        variant="default"
        loading={sendNow.isPending}
        onClick={() => sendNow.mutate(one)}
      >
        {t(isRefused ? "retry" : "sendNow")}
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => setPicking(true)}>
        {t("move")}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => takeBack(one)}>
        {t("cancel")}
      </Button>
      <PickMoment
        opened={picking}
        onClose={() => setPicking(false)}
        at={new Date(begins)}
        onPick={(send_at) => move.mutateAsync({ one, send_at })}
      />
    </span>
  );
}
