// The messages of a request with what stands between them; what is read is told to the server.
import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Day, Thread } from "@/ui/chat/Thread";
import { EmptyState, ErrorState, LoadingLines } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { useSendAgain } from "../data/actions";
import { useConversation } from "../data/messages";
import { useUnsent } from "../data/outbox";
import { type Block, blocksOf } from "../logic/conversation";
import type { Details } from "../types";
import { MessageLine } from "./MessageLine";
import classes from "./Talk.module.css";
import { TypingLine } from "./TypingLine";
import { UnsentLine } from "./UnsentLine";
import { useReading } from "./useReading";

export function Conversation({ details, reads }: { details: Details; reads: boolean }) {
  const { t } = useTranslation("panel");
  const { id, client_name } = details.request;
  const format = useFormat();
  const { query, known, loadOlder, isLoadingOlder } = useConversation(id);
  const unsent = useUnsent(id);
  const sendAgain = useSendAgain(id);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const items = known?.items;
  const blocks = useMemo(
    () => blocksOf(items ?? [], format.date, unfolded),
    [items, format, unfolded],
  );
  const onEnd = useReading(details.request, items?.at(-1)?.seq ?? 0, reads);

  if (!items) {
    if (query.error) return <ErrorState error={query.error} onRetry={query.refetch} />;
    return (
      <div className={classes.body} style={{ padding: "0 16px" }}>
        <LoadingLines rows={8} />
      </div>
    );
  }
  const said = new Set(items.map(({ client_msg_id }) => client_msg_id));
  const waiting = unsent.filter(({ clientMsgId }) => !said.has(clientMsgId));
  if (items.length === 0 && waiting.length === 0) {
    return (
      <div className={classes.body}>
        <EmptyState icon="message" title={t("talk.empty")} />
      </div>
    );
  }
  const fold = (key: string) =>
    setUnfolded((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  return (
    <div className={classes.body}>
      <Thread
        label={t("talk.label", { name: client_name })}
        count={items.length + waiting.length}
        first={items[0]?.seq}
        onNearStart={loadOlder}
        onEnd={onEnd}
        before={
          !known.complete && (
            <div className={classes.older} role="status">
              {isLoadingOlder ? t("talk.loadingOlder") : " "}
            </div>
          )
        }
      >
        {blocks.map((block) => (
          <OneBlock
            key={`${block.kind} ${block.key}`}
            block={block}
            own={id}
            isUnfolded={unfolded.has(block.key)}
            onFold={fold}
            onSendAgain={(message) => sendAgain.mutate(message.id)}
          />
        ))}
        {waiting.map((one) => (
          <UnsentLine key={one.clientMsgId} unsent={one} />
        ))}
      </Thread>
      <TypingLine clientName={client_name} />
    </div>
  );
}

type BlockProps = {
  block: Block;
  own: number;
  isUnfolded: boolean;
  onFold: (key: string) => void;
  onSendAgain: (message: Extract<Block, { kind: "message" }>["message"]) => void;
};

function OneBlock({ block, own, isUnfolded, onFold, onSendAgain }: BlockProps) {
  const { t } = useTranslation("panel");
  const format = useFormat();
  switch (block.kind) {
    case "day":
      return <Day>{format.date(block.at)}</Day>;
    case "request":
      return (
        <li className={classes.border}>
          {block.id === own ? (
            t("talk.thisRequest", { id: block.id })
          ) : (
            <Link
              to="/operator_panel/requests/{-$number}"
              params={{ number: String(block.id) }}
              search={true}
            >
              {t("talk.earlierRequest", { id: block.id })}
            </Link>
          )}
        </li>
      );
    case "bot":
      return (
        <li className={classes.foldRow}>
          <UnstyledButton
            className={classes.fold}
            aria-expanded={isUnfolded}
            onClick={() => onFold(block.key)}
          >
            <Icon name="bot" size={14} />
            {t("talk.withBot", { count: block.messages.length })}
            <Icon name={isUnfolded ? "chevronDown" : "chevronRight"} size={12} />
          </UnstyledButton>
        </li>
      );
    default:
      return (
        <MessageLine message={block.message} follows={block.follows} onSendAgain={onSendAgain} />
      );
  }
}
