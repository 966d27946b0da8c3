// The lines of a conversation: days, borders of requests, the bot's folded part, messages.
import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Day } from "@/ui/chat/Thread";
import { Icon } from "@/ui/Icon";
import { type Block, blocksOf } from "../logic/conversation";
import { offersFor } from "../logic/corrections";
import type { Message } from "../types";
import { useDeeds } from "./deeds";
import { MessageLine } from "./MessageLine";
import classes from "./Talk.module.css";
import type { Places } from "./usePlaces";

type Props = {
  own: number;
  items: Message[];
  places: Places;
  words: string;
  edited: number | null;
};

export function Lines({ own, items, places, words, edited }: Props) {
  const format = useFormat();
  const { details, me, forwards } = useDeeds();
  const { unfolded, spot, fold } = places;
  const blocks = useMemo(() => blocksOf(items, format.date, unfolded), [items, format, unfolded]);
  const tabStop = useMemo(
    () => items.findLast((message) => offersFor(message, details, me, forwards).length > 0)?.seq,
    [items, details, me, forwards],
  );
  return blocks.map((block) =>
    block.kind === "message" ? (
      <MessageLine
        key={`message ${block.key}`}
        message={block.message}
        follows={block.follows}
        words={words}
        isSpot={block.message.seq === spot}
        isEdited={block.message.id === edited}
        isTabStop={block.message.seq === tabStop}
      />
    ) : (
      <Between key={`${block.kind} ${block.key}`} block={block} own={own} onFold={fold} />
    ),
  );
}

type BetweenProps = {
  block: Exclude<Block, { kind: "message" }>;
  own: number;
  onFold: Places["fold"];
};

function Between({ block, own, onFold }: BetweenProps) {
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
    default: {
      const { messages, isUnfolded } = block;
      return (
        <li className={classes.foldRow}>
          <UnstyledButton
            className={classes.fold}
            aria-expanded={isUnfolded}
            onClick={() =>
              onFold(
                messages.map(({ seq }) => seq),
                isUnfolded,
              )
            }
          >
            <Icon name="bot" size={14} />
            {t("talk.withBot", { count: messages.length })}
            <Icon name={isUnfolded ? "chevronDown" : "chevronRight"} size={12} />
          </UnstyledButton>
        </li>
      );
    }
  }
}
