// The middle column: one request, opened.
import { type RefObject, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePresence } from "@/api/useLive";
import { useMe } from "@/features/session";
import { EmptyState, ErrorState, LoadingLines } from "@/ui/feedback/States";
import { isUnderDialog } from "@/ui/keys/hotkeys";
import { useHotkey } from "@/ui/keys/useHotkey";
import { AskingDialogs } from "../asking/AskingDialogs";
import type { Asking } from "../asking/asking";
import { OthersProvider, topicOf, useOthersAt } from "../data/presence";
import { isMissing, useRequest } from "../data/requests";
import type { Details, Message } from "../types";
import { BackWord } from "./BackWord";
import { Closed } from "./Closed";
import { Composer } from "./Composer";
import { Conversation } from "./Conversation";
import classes from "./Talk.module.css";
import { TalkHead } from "./TalkHead";
import { useTalkKeys } from "./useTalkKeys";

type Props = { number: number; sideOpen: boolean; onSide: () => void };

export function Talk({ number, sideOpen, onSide }: Props) {
  const { t } = useTranslation("panel");
  const query = useRequest(number);
  const others = useOthersAt(number);
  const missing = isMissing(query.error);
  if (query.data && !missing) {
    return (
      <OthersProvider value={others}>
        <Opened key={number} details={query.data} sideOpen={sideOpen} onSide={onSide} />
      </OthersProvider>
    );
  }
  return (
    <section className={classes.talk} aria-label={t("talk.region")}>
      {missing ? (
        <EmptyState
          icon="search"
          title={t("talk.missing")}
          text={t("talk.missingText")}
          action={<BackWord />}
        />
      ) : query.error ? (
        <ErrorState error={query.error} onRetry={query.refetch} />
      ) : (
        <div style={{ padding: "0 16px" }}>
          <LoadingLines rows={8} />
        </div>
      )}
    </section>
  );
}

type OpenedProps = { details: Details; sideOpen: boolean; onSide: () => void };

function Opened({ details, sideOpen, onSide }: OpenedProps) {
  const { t } = useTranslation("panel");
  const me = useMe()?.id ?? 0;
  const [asking, setAsking] = useState<Asking>(null);
  const [answers, setAnswers] = useState<Message | null>(null);
  const section = useRef<HTMLElement>(null);
  const finding = useFinding(section);
  const { id, state, assignee } = details.request;
  usePresence(topicOf(id), "viewing");
  useTalkKeys(details, setAsking);
  const writes = details.may.includes("reply") || details.may.includes("note");
  return (
    <section ref={section} className={classes.talk} aria-label={t("talk.region")}>
      <TalkHead
        details={details}
        onAsk={setAsking}
        isFinding={finding.isFinding}
        onFind={finding.toggle}
        sideOpen={sideOpen}
        onSide={onSide}
      />
      <Conversation
        details={details}
        me={me}
        reads={assignee?.id === me}
        isFinding={finding.isFinding}
        onFound={finding.end}
        onReply={setAnswers}
      />
      {state === "closed" ? (
        <Closed details={details} />
      ) : (
        writes && (
          <Composer
            details={details}
            me={me}
            answers={answers}
            onAnswered={() => setAnswers(null)}
          />
        )
      )}
      <AskingDialogs details={details} asking={asking} onClose={() => setAsking(null)} />
    </section>
  );
}

/** The key of the browser's own search, while the focus is in the conversation; again: the browser's. */
function useFinding(section: RefObject<HTMLElement | null>) {
  const { t } = useTranslation("panel");
  const [isFinding, setFinding] = useState(false);
  useHotkey("find", t("keys.find"), () => {
    const { activeElement } = document;
    if (isUnderDialog() || !section.current?.contains(activeElement)) return false;
    if (activeElement?.matches("[data-find]")) return false;
    setFinding(true);
    section.current.querySelector<HTMLElement>("[data-find]")?.focus();
    return true;
  });
  const toggle = () => setFinding((before) => !before);
  return { isFinding, toggle, end: () => setFinding(false) };
}
