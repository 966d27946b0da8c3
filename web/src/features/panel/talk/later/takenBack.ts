// Words that are not sent after all go back to where they were written.

import { writtenOf } from "@/ui/chat/marks";
import { draftOf, keepDraft } from "../../logic/drafts";
import { isMarked, marksIn } from "../../logic/wording";
import type { Scheduled } from "../../types";

export type Part = { file_id: string; name: string; mime: string };
type Listener = (parts: Part[]) => void;

const listeners = new Map<number, Listener>();

/** Before what has been written since; the files go to the open composer. */
export function giveBack(me: number, one: Scheduled): void {
  const { request_id, content } = one;
  const text = writtenOf(marksIn({ text: one.text, marked: isMarked(one) }));
  const { reply } = draftOf(me, request_id);
  keepDraft(me, request_id, { reply: [text, reply].filter(Boolean).join("\n") });
  const parts = (content as { attachments?: Part[] } | null)?.attachments;
  listeners.get(request_id)?.(parts ?? []);
}

/** One composer stands open for a request. */
export function onGivenBack(requestId: number, listener: Listener): () => void {
  listeners.set(requestId, listener);
  return () => listeners.delete(requestId);
}
