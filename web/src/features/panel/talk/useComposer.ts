// What is being written to a request: the draft, which tab it is on, and sending it.
import { useMemo, useState, useSyncExternalStore } from "react";
import { outbox } from "../data/outbox";
import { sayTyping } from "../data/presence";
import { useScheduled } from "../data/scheduled";
import { draftOf, keepDraft, onDrafts } from "../logic/drafts";
import { type Worded, worded, wordsOf } from "../logic/wording";
import type { Details, Message, Quoted } from "../types";
import { useChosen } from "./mention/useChosen";
import { useUploads } from "./useUploads";

export type Kind = "reply" | "note";

/** What the server takes at all. */
const longest = 20_000;
/** As many characters of a quoted message as the server gives. */
const mostQuoted = 160;
const noMarks: string[] = [];
const nothing: Worded = { text: "", marked: false };

/** `answers`: the message that the next reply is to; `onSent` forgets it. */
export function useComposer(
  details: Details,
  me: number,
  answers: Message | null,
  onSent: () => void,
) {
  const { id } = details.request;
  const { may } = details;
  const kinds = (["reply", "note"] as const).filter((kind) => may.includes(kind));
  const [chosen, setKind] = useState<Kind>("reply");
  const kind = kinds.includes(chosen) ? chosen : (kinds[0] ?? "reply");
  const draft = useSyncExternalStore(onDrafts, () => draftOf(me, id));
  const uploads = useUploads();
  const scheduled = useScheduled(id);
  const mentions = useChosen(me, id, draft.note);
  const text = draft[kind];
  const limit = kind === "note" ? longest : (details.text_limit ?? longest);
  const uploading = uploads.files.some(({ fileId }) => !fileId);
  const files = kind === "note" ? [] : uploads.files;
  const empty = text.trim() === "" && files.length === 0;
  const canSend = !empty && !(kind === "reply" && uploading);
  const marks = kind === "note" ? noMarks : details.channel_marks;
  const messages = useMemo(() => worded(text, limit, marks), [text, limit, marks]);

  // What waits already goes first, also when there is no delay any more.
  const isDelayed =
    details.send_delay_s > 0 ||
    scheduled.some(({ delayed, state }) => delayed && state === "waiting");

  const write = (words: string) => {
    keepDraft(me, id, { [kind]: words });
    if (kind === "reply") sayTyping(id, words !== "");
  };
  /** At once, or as soon as it cannot be taken back; at a moment, if there is one. */
  const send = (sendAt?: string) => {
    if (!canSend) return;
    const [first = nothing, ...rest] = messages;
    const common = {
      requestId: id,
      kind: kind === "note" ? ("note" as const) : ("text" as const),
      at: Date.now(),
      later: kind === "reply" && (sendAt || isDelayed) ? { sendAt } : undefined,
    };
    outbox.add({
      ...common,
      clientMsgId: crypto.randomUUID(),
      ...first,
      files: files.map(({ fileId = "", file }) => ({ file_id: fileId, name: file.name })),
      mentions: kind === "note" ? mentions.people : undefined,
      replyTo: answers && kind === "reply" ? quotedOf(answers) : undefined,
    });
    for (const part of rest) {
      outbox.add({ ...common, clientMsgId: crypto.randomUUID(), ...part, files: [] });
    }
    keepDraft(me, id, { [kind]: "" });
    if (kind === "note") return mentions.forget();
    onSent();
    uploads.clear();
    sayTyping(id, false);
  };
  const parts = messages.length;
  const said = { text, messages, parts, limit, marks, canSend };
  return { kinds, kind, setKind, write, send, uploads, mentions, ...said };
}

export function quotedOf(message: Message): Quoted {
  const { id, seq, kind, author_kind, author_name } = message;
  const text = wordsOf(message).slice(0, mostQuoted);
  return { id, seq, kind, author_kind, author_name, text };
}

export type Writing = ReturnType<typeof useComposer>;
