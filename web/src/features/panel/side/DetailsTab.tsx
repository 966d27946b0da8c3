// What a request is about: topic, tags, comment, who took part, what was done to it.

import { Checkbox, Stack } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { OperatorFace } from "@/features/operators";
import { useFormat } from "@/i18n/format";
import { usePatch } from "../data/actions";
import type { Details, Named, Wanted } from "../types";
import { Comment } from "./Comment";
import { Facts } from "./Facts";
import { History } from "./History";
import classes from "./Side.module.css";
import { TagPicker } from "./TagPicker";
import { TopicPicker } from "./TopicPicker";
import { useNamed } from "./useNamed";

type Props = { details: Details; wanted: Wanted; onFound: () => void };

export function DetailsTab({ details, wanted, onFound }: Props) {
  const { t } = useTranslation("panel");
  const { request, participants, may } = details;
  return (
    <>
      <Marks details={details} wanted={wanted} onFound={onFound} />
      <Comment request={request} disabled={!may.includes("edit")} />
      <section className={classes.section}>
        <h3>{t("side.facts")}</h3>
        <RequestFacts details={details} />
      </section>
      <section className={classes.section}>
        <h3>{t("side.participants")}</h3>
        <People people={participants} />
      </section>
      <History id={request.id} />
    </>
  );
}

/** Each change is saved at once. */
function Marks({ details, wanted, onFound }: Props) {
  const { t } = useTranslation("panel");
  const { request, may } = details;
  const disabled = !may.includes("edit");
  const patch = usePatch(request.id);
  const { topicOf, tagsOf } = useNamed();
  const topic = useRef<HTMLInputElement>(null);
  const tags = useRef<HTMLInputElement>(null);
  const [redistribute, setRedistribute] = useState(false);
  useEffect(() => {
    if (!wanted) return undefined;
    (wanted === "topic" ? topic : tags).current?.focus();
    // A drawer that opens looks for its first field a moment later.
    const timer = setTimeout(onFound, 300);
    return () => clearTimeout(timer);
  }, [wanted, onFound]);
  return (
    <Stack gap="sm">
      <TopicPicker
        ref={topic}
        data-autofocus={wanted === "topic" || undefined}
        value={request.subject?.id ?? null}
        current={request.subject}
        disabled={disabled}
        onChange={(subject_id) =>
          patch.mutate({
            body: { subject_id, redistribute },
            shown: { subject: topicOf(subject_id) },
          })
        }
      />
      {request.assignee && !disabled && (
        <Checkbox
          label={t("redistribute")}
          checked={redistribute}
          onChange={(event) => setRedistribute(event.currentTarget.checked)}
        />
      )}
      <TagPicker
        ref={tags}
        data-autofocus={wanted === "tags" || undefined}
        value={request.tags.map(({ id }) => id)}
        current={request.tags}
        disabled={disabled}
        onChange={(tag_ids) =>
          patch.mutate({ body: { tag_ids }, shown: { tags: tagsOf(tag_ids) } })
        }
      />
    </Stack>
  );
}

function RequestFacts({ details }: { details: Details }) {
  const { t } = useTranslation(["panel", "panelOutbound"]);
  const format = useFormat();
  const channelName = useChannelName();
  const { request } = details;
  const at = (moment: string | null) => moment && format.dateTime(moment);
  return (
    <Facts
      rows={[
        [t("fact.number"), `#${request.id}`],
        [
          t("panelOutbound:direction"),
          request.direction === "outbound" ? t("panelOutbound:outbound") : null,
        ],
        [t("fact.channel"), channelName(request.origin || request.channel)],
        [t("fact.created"), at(request.created_at)],
        [t("fact.assigned"), at(request.assigned_at)],
        [t("fact.firstReply"), at(request.first_reply_at)],
        [t("fact.closed"), at(request.closed_at)],
        [t("fact.closeReason"), request.close_reason],
      ]}
    />
  );
}

function People({ people }: { people: Named[] }) {
  const { t } = useTranslation("panel");
  if (people.length === 0) return <span>{t("side.nobodyYet")}</span>;
  return (
    <ul className={classes.people}>
      {people.map(({ id, name }) => (
        <li key={id}>
          <OperatorFace id={id} name={name} size={22} />
          {name}
        </li>
      ))}
    </ul>
  );
}
