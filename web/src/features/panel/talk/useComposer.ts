// What is being written to a request: the draft, which tab it is on, and sending it.
import { useMemo, useState, useSyncExternalStore } from "react";
import { outbox } from "../data/outbox";
import { sayTyping } from "../data/presence";
import { draftOf, keepDraft, onDrafts } from "../logic/drafts";
import { inParts } from "../logic/parts";
import type { Details, Message, Quoted } from "../types";
import { useUploads } from "./useUploads";

export type Kind = "reply" | "note";

/** What the server takes at all. */
const longest = 20_000;
/** As many characters of a quoted message as the server gives. */
const mostQuoted = 160;

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
  const text = draft[kind];
  const limit = kind === "note" ? longest : (details.text_limit ?? longest);
  const uploading = uploads.files.some(({ fileId }) => !fileId);
  const files = kind === "note" ? [] : uploads.files;
  const empty = text.trim() === "" && files.length === 0;
  const canSend = !empty && !(kind === "reply" && uploading);
  const parts = useMemo(() => inParts(text, limit), [text, limit]);

  const write = (words: string) => {
    keepDraft(me, id, { [kind]: words });
    if (kind === "reply") sayTyping(id, words !== "");
  };
  const send = () => {
    if (!canSend) return;
    const [first = "", ...rest] = parts;
    const common = {
      requestId: id,
      kind: kind === "note" ? ("note" as const) : ("text" as const),
      at: Date.now(),
    };
    outbox.add({
      ...common,
      clientMsgId: crypto.randomUUID(),
      text: first,
      files: files.map(({ fileId = "", file }) => ({ file_id: fileId, name: file.name })),
      replyTo: answers && kind === "reply" ? quotedOf(answers) : undefined,
    });
    for (const part of rest) {
      outbox.add({ ...common, clientMsgId: crypto.randomUUID(), text: part, files: [] });
    }
    keepDraft(me, id, { [kind]: "" });
    if (kind === "note") return;
    onSent();
    uploads.clear();
    sayTyping(id, false);
  };
  return { kinds, kind, setKind, text, write, send, canSend, limit, parts: parts.length, uploads };
}

export function quotedOf({ id, seq, kind, author_kind, author_name, text }: Message): Quoted {
  return { id, seq, kind, author_kind, author_name, text: text.slice(0, mostQuoted) };
}

export type Writing = ReturnType<typeof useComposer>;
