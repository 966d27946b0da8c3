// All that went between the two sides in one chat, in order, and what the chat shows of it.
import type { Caught, Sent } from "./queries";
import { readEnvelope, readUpdate, type WireMessage } from "./wire";

export type Entry =
  | { kind: "sent"; id: string; at: number; sent: Sent }
  | { kind: "caught"; id: string; at: number; caught: Caught; message: WireMessage | null };

export function sentEntry(sent: Sent, at: number): Entry {
  return { kind: "sent", id: `s${at}`, at, sent };
}

/** Requests of other chats of the bot are left out. */
export function caughtEntries(items: Caught[], chatId: string): Entry[] {
  return items.flatMap((caught): Entry[] => {
    const message = readEnvelope(caught.body);
    if (message && message.chatId !== "" && message.chatId !== chatId) return [];
    const at = new Date(caught.received_at).getTime();
    return [{ kind: "caught", id: `c${caught.id}`, at, caught, message }];
  });
}

export function inOrder(entries: Entry[]): Entry[] {
  const unique = new Map(entries.map((entry) => [entry.id, entry]));
  return [...unique.values()].sort((left, right) => left.at - right.at);
}

export type Bubble =
  | {
      kind: "client";
      id: string;
      at: number;
      failed: string | null;
      own: ReturnType<typeof readUpdate>;
    }
  | { kind: "bot"; id: string; at: number; message: WireMessage; edited: boolean; deleted: boolean }
  | { kind: "note"; id: string; at: number; message: WireMessage };

function failureOf(sent: Sent): string | null {
  if (sent.error) return sent.error;
  const status = sent.answer?.status ?? 0;
  return status >= 200 && status < 300 ? null : (sent.answer?.body ?? String(status));
}

const silent = new Set(["typing", "thinking"]);

type Said = Extract<Bubble, { kind: "bot" }>;

/** Whether the event was about something said before, and has changed it. */
function changes(known: Said | undefined, message: WireMessage): boolean {
  if (!known) return false;
  if (message.event === "message_edited") {
    known.message = { ...known.message, text: message.text };
    known.edited = true;
  } else if (message.event === "message_deleted") known.deleted = true;
  // The same message again is a repeat of its delivery.
  else return message.event === "message";
  return true;
}

/** Corrections and deletions change the message they are about; a repeat shows once. */
export function bubblesOf(entries: Entry[]): Bubble[] {
  const bubbles: Bubble[] = [];
  const said = new Map<string, Said>();
  for (const entry of entries) {
    const { id, at } = entry;
    if (entry.kind === "sent") {
      const own = readUpdate(entry.sent.request.body);
      bubbles.push({ kind: "client", id, at, failed: failureOf(entry.sent), own });
      continue;
    }
    const { message } = entry;
    if (!message || silent.has(message.event) || changes(said.get(message.messageId), message)) {
      continue;
    }
    if (message.event === "message") {
      const bubble: Said = { kind: "bot", id, at, message, edited: false, deleted: false };
      bubbles.push(bubble);
      if (message.messageId) said.set(message.messageId, bubble);
    } else bubbles.push({ kind: "note", id, at, message });
  }
  return bubbles;
}

/** The other side said that it types, and has said nothing since. */
export function isTyping(entries: Entry[]): boolean {
  const last = entries.at(-1);
  const message = last?.kind === "caught" ? last.message : null;
  return message !== null && silent.has(message.event) && message.on;
}
