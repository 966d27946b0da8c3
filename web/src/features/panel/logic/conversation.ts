// What stands between the messages: days, earlier requests, and the bot's part folded away.
import type { Message } from "../types";

export type Block =
  | { kind: "day"; key: string; at: string }
  | { kind: "request"; key: string; id: number; at: string }
  | { kind: "bot"; key: string; messages: Message[]; isUnfolded: boolean }
  | { kind: "message"; key: string; message: Message; follows: boolean };

/** Fewer are shown as they are: a click would cost more than it hides. */
const worthFolding = 3;
const sameBreathMs = 5 * 60_000;

function follows(message: Message, before: Message | undefined): boolean {
  if (!before || message.direction !== before.direction || message.kind === "system") return false;
  const sameAuthor =
    before.kind !== "system" &&
    before.author_kind === message.author_kind &&
    before.author_id === message.author_id &&
    before.author_name === message.author_name;
  const pauseMs = Date.parse(message.created_at) - Date.parse(before.created_at);
  return sameAuthor && pauseMs < sameBreathMs;
}

/** Messages with the bot come without a request. */
function isWithBot(message: Message): boolean {
  return message.request_id === null && message.direction !== "note";
}

/** `unfolded`: places (seq) that are to be seen; a part with one of them stands open. */
export function blocksOf(
  messages: Message[],
  dayOf: (at: string) => string,
  unfolded: ReadonlySet<number> = new Set(),
): Block[] {
  const blocks: Block[] = [];
  let day = "";
  let request: number | null = null;
  let before: Message | undefined;

  const place = (message: Message) => {
    if (dayOf(message.created_at) !== day) {
      day = dayOf(message.created_at);
      blocks.push({ kind: "day", key: `day ${message.seq}`, at: message.created_at });
      before = undefined;
    }
    if (message.request_id !== null && message.request_id !== request) {
      request = message.request_id;
      blocks.push({
        kind: "request",
        key: `request ${message.seq}`,
        id: request,
        at: message.created_at,
      });
      before = undefined;
    }
  };

  for (let index = 0; index < messages.length; ) {
    const message = messages[index] as Message;
    let end = index;
    while (end < messages.length && isWithBot(messages[end] as Message)) end += 1;
    const part = messages.slice(index, end);
    const key = `bot ${part[0]?.seq}`;
    if (part.length >= worthFolding) {
      place(part[0] as Message);
      const isUnfolded = part.some(({ seq }) => unfolded.has(seq));
      blocks.push({ kind: "bot", key, messages: part, isUnfolded });
      before = undefined;
      index = end;
      if (!isUnfolded) continue;
      index -= part.length;
    }
    const shown = part.length > 0 ? part : [message];
    for (const one of shown) {
      place(one);
      blocks.push({
        kind: "message",
        key: `m${one.seq}`,
        message: one,
        follows: follows(one, before),
      });
      before = one;
    }
    index += shown.length;
  }
  return blocks;
}
