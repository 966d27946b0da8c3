// One request in the list: who, the last words, and what has to be known before opening it.

import { Link } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { OperatorFace } from "@/features/operators";
import { useFormat } from "@/i18n/format";
import { ColorDot } from "@/ui/color/ColorChip";
import { Face } from "@/ui/Face";
import { Icon } from "@/ui/Icon";
import { draftOf, onDrafts } from "../logic/drafts";
import { waitsSince } from "../logic/list";
import type { Request } from "../types";
import classes from "./Row.module.css";
import type { RowProps } from "./VirtualRows";
import { WaitClock } from "./WaitClock";

type Props = {
  request: Request;
  me: number;
  withAssignee: boolean;
  row: RowProps;
  onCheck: (id: number) => void;
};

export function RequestRow({ request, me, withAssignee, row, onCheck }: Props) {
  const { t } = useTranslation("panel");
  const channelName = useChannelName();
  const { id, client_name, origin, channel, unread, assignee } = request;
  const since = waitsSince(request);
  const from = channelName(origin || channel);
  return (
    <Link
      to="/operator_panel/requests/{-$number}"
      params={{ number: String(id) }}
      search={true}
      className={classes.row}
      data-unread={unread > 0 || undefined}
      {...row}
    >
      <span className={classes.face}>
        <Check onCheck={() => onCheck(id)} />
        <Face name={client_name} />
        <span className={classes.channel} title={from}>
          <Icon name="message" size={10} label={from} />
        </span>
      </span>
      <span className={classes.line}>
        <span className={classes.name}>{client_name}</span>
        <MomentOf request={request} />
      </span>
      <span className={classes.line}>
        <LastWords request={request} me={me} />
        {unread > 0 && (
          <span className={classes.unread}>
            {unread}
            <span className="visually-hidden"> {t("list.unread", { count: unread })}</span>
          </span>
        )}
      </span>
      <span className={classes.line}>
        <Marks request={request} />
        {since && <WaitClock since={since} />}
        {withAssignee && assignee && (
          <OperatorFace
            id={assignee.id}
            name={assignee.name}
            size={20}
            hint={t("assignedTo", assignee)}
          />
        )}
      </span>
    </Link>
  );
}

/** For the mouse and for fingers; whoever uses keys has the row itself. */
function Check({ onCheck }: { onCheck: () => void }) {
  return (
    <span
      className={classes.check}
      aria-hidden
      onClick={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onCheck();
      }}
    >
      <span className={classes.box}>
        <Icon name="check" size={12} />
      </span>
    </span>
  );
}

function MomentOf({ request }: { request: Request }) {
  const format = useFormat();
  const at = request.last_message_at ?? request.created_at;
  const isToday = format.date(at) === format.date(Date.now());
  return (
    <time className={classes.time} dateTime={at}>
      {isToday ? format.time(at) : format.day(at)}
    </time>
  );
}

function LastWords({ request, me }: { request: Request; me: number }) {
  const { t } = useTranslation("panel");
  const draft = useSyncExternalStore(onDrafts, () => draftOf(me, request.id)).reply.trim();
  if (draft) {
    return (
      <span className={classes.words}>
        <span className={classes.draft}>{t("list.draft")}</span> {draft.slice(0, 120)}
      </span>
    );
  }
  const text = request.last_text || t("list.noText");
  const ours = request.last_author === "operator";
  return <span className={classes.words}>{ours ? t("list.ours", { text }) : text}</span>;
}

function Marks({ request }: { request: Request }) {
  const { t } = useTranslation("panelOutbound");
  const { id, direction, subject, tags } = request;
  return (
    <span className={classes.marks} title={tags.map(({ name }) => name).join(", ") || undefined}>
      <span className={classes.more}>#{id}</span>
      {direction === "outbound" && (
        <span className={classes.mark}>
          <Icon name="send" size={11} label={t("outboundMark")} />
        </span>
      )}
      {subject && (
        <span className={classes.mark}>
          <ColorDot color={subject.color} />
          <span>{subject.name}</span>
        </span>
      )}
      {tags.map((tag) => (
        <span key={tag.id} className={classes.mark}>
          <Icon name="tag" size={11} />
          <span>{tag.name}</span>
        </span>
      ))}
    </span>
  );
}
