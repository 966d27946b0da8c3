// The messages of a request with what stands between them; what is read is told to the server.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Thread } from "@/ui/chat/Thread";
import { EmptyState, ErrorState, LoadingLines } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { useConversation } from "../data/messages";
import { useUnsent } from "../data/outbox";
import { useScheduled } from "../data/scheduled";
import { beginningOf } from "../logic/find";
import type { Known } from "../logic/messages";
import type { Unsent } from "../logic/outbox";
import type { Details, Message, Scheduled } from "../types";
import { DeedsProvider } from "./deeds";
import { FindBar } from "./FindBar";
import { ForwardDialog } from "./forward/ForwardDialog";
import { Lines } from "./Lines";
import { ScheduledLine } from "./later/ScheduledLine";
import { onMenuKeys } from "./menuKeys";
import { RemoveDialog } from "./RemoveDialog";
import classes from "./Talk.module.css";
import { TypingLine } from "./TypingLine";
import { UnsentLine } from "./UnsentLine";
import { useFind } from "./useFind";
import { useMessageDeeds } from "./useMessageDeeds";
import { type Places, usePlaces } from "./usePlaces";
import { useReading } from "./useReading";

type Props = {
  details: Details;
  me: number;
  reads: boolean;
  isFinding: boolean;
  onFound: () => void;
  onReply: (message: Message) => void;
};

export function Conversation(props: Props) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const { id } = props.details.request;
  const conversation = useConversation(id);
  const { query, known } = conversation;
  const unsent = useUnsent(id);
  const scheduled = useScheduled(id);
  if (!known) {
    if (query.error) return <ErrorState error={query.error} onRetry={query.refetch} />;
    return (
      <div className={classes.body} style={{ padding: "0 16px" }}>
        <LoadingLines rows={8} />
      </div>
    );
  }
  const said = new Set(known.items.map(({ client_msg_id }) => client_msg_id));
  const waiting = unsent.filter(({ clientMsgId }) => !said.has(clientMsgId));
  const later = scheduled.filter(({ client_msg_id }) => !said.has(client_msg_id));
  if (known.items.length + waiting.length + later.length === 0) {
    return (
      <div className={classes.body}>
        <EmptyState icon="message" title={t("talk.empty")} />
      </div>
    );
  }
  return (
    <Shown {...props} known={known} waiting={waiting} later={later} conversation={conversation} />
  );
}

type ShownProps = Props & {
  known: Known;
  waiting: Unsent[];
  later: Scheduled[];
  conversation: ReturnType<typeof useConversation>;
};

function Shown({ details, me, known, waiting, later, conversation, ...props }: ShownProps) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const { id, client_name } = details.request;
  const { loadOlder, loadNewer, isLoadingOlder } = conversation;
  const places = usePlaces(known, waiting.length + later.length, conversation.goTo);
  const { deeds, edited, removed, setRemoved, forwarded, setForwarded } = useMessageDeeds({
    details,
    me,
    reply: props.onReply,
    goTo: places.goTo,
  });
  const find = useFind(id, places.goTo);
  const onReadEnd = useReading(details.request, known.items.at(-1)?.seq ?? 0, props.reads);
  const [atEnd, setAtEnd] = useState(true);
  const onEnd = (isAtEnd: boolean) => {
    const isNewest = isAtEnd && known.newest;
    setAtEnd(isNewest);
    onReadEnd(isNewest);
  };
  const onDay = useDayJump(places);
  const close = () => {
    find.setTyped("");
    places.clearSpot();
    props.onFound();
  };
  return (
    <div className={classes.body}>
      {props.isFinding && <FindBar find={find} onDay={onDay} onClose={close} />}
      <DeedsProvider value={deeds}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows go from menu to menu */}
        <div className={classes.scene} onKeyDown={onMenuKeys}>
          <Thread
            label={t("talk.label", { name: client_name })}
            count={known.items.length + waiting.length + later.length}
            first={known.items[0]?.seq}
            follows={known.newest}
            onNearStart={loadOlder}
            onNearEnd={loadNewer}
            goal={places.goal}
            onGoal={places.reached}
            onEnd={onEnd}
            before={
              !known.complete && (
                <div className={classes.older} role="status">
                  {isLoadingOlder ? t("talk.loadingOlder") : " "}
                </div>
              )
            }
          >
            <Lines
              own={id}
              items={known.items}
              places={places}
              words={props.isFinding ? find.words : ""}
              edited={edited}
            />
            {known.newest && <NotSaidYet waiting={waiting} later={later} />}
          </Thread>
          {!(atEnd && known.newest) && (
            <ToNewest unread={details.request.unread} onGo={() => void places.toNewest()} />
          )}
        </div>
      </DeedsProvider>
      <TypingLine clientName={client_name} />
      <RemoveDialog request={id} message={removed} onClose={() => setRemoved(null)} />
      <ForwardDialog request={id} message={forwarded} onClose={() => setForwarded(null)} />
    </div>
  );
}

/** What goes next stands first. */
function NotSaidYet({ waiting, later }: Pick<ShownProps, "waiting" | "later">) {
  const lineOf = (one: Scheduled) => <ScheduledLine key={one.client_msg_id} one={one} />;
  return (
    <>
      {later.filter(({ delayed }) => delayed).map(lineOf)}
      {waiting.map((one) => (
        <UnsentLine key={one.clientMsgId} unsent={one} />
      ))}
      {later.filter(({ delayed }) => !delayed).map(lineOf)}
    </>
  );
}

function ToNewest({ unread, onGo }: { unread: number; onGo: () => void }) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  return (
    <Button
      variant="default"
      className={classes.toNewest}
      leftSection={<Icon name="arrowDown" />}
      onClick={onGo}
    >
      {unread > 0 ? t("talk.newestUnread", { count: unread }) : t("talk.newest")}
    </Button>
  );
}

/** Goes to the first message of a day, and says so when the day has none. */
function useDayJump(places: Places) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const format = useFormat();
  return async (day: string) => {
    const from = beginningOf(day, format.timeZone);
    const found = await places.goToDay(from);
    if (found === null) return "";
    if (found === "none") return t("panelTalk:find.noneSince", { day: format.date(from) });
    if (format.date(found) === format.date(from))
      return t("panelTalk:find.since", { day: format.date(from) });
    return t("panelTalk:find.nextDay", { day: format.date(from), next: format.date(found) });
  };
}
