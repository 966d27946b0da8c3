// Two values as texts with the part that differs set apart.

export type Piece = { text: string; differs: boolean; at: number };

function asText(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}

function isWord(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{N}_]/u.test(sign);
}

/** Equal characters from the start, cut back to the start of a word. */
function commonStart(left: string, right: string): number {
  let at = 0;
  while (at < left.length && at < right.length && left[at] === right[at]) at += 1;
  while (at > 0 && isWord(left[at - 1]) && (isWord(left[at]) || isWord(right[at]))) at -= 1;
  return at;
}

function commonEnd(left: string, right: string, start: number): number {
  const most = Math.min(left.length, right.length) - start;
  let count = 0;
  while (count < most && left.at(-1 - count) === right.at(-1 - count)) count += 1;
  const cut = (text: string) => text.at(-1 - count);
  while (count > 0 && isWord(left.at(-count)) && (isWord(cut(left)) || isWord(cut(right)))) {
    count -= 1;
  }
  return count;
}

function split(text: string, start: number, end: number): Piece[] {
  const last = text.length - end;
  return [
    { text: text.slice(0, start), differs: false, at: 0 },
    { text: text.slice(start, last), differs: true, at: 1 },
    { text: text.slice(last), differs: false, at: 2 },
  ].filter(({ text: part }) => part !== "");
}

/** Equal beginnings and ends of the two sides are not marked. */
export function pieces(before: unknown, after: unknown): { before: Piece[]; after: Piece[] } {
  const left = asText(before);
  const right = asText(after);
  const start = commonStart(left, right);
  const end = commonEnd(left, right, start);
  return { before: split(left, start, end), after: split(right, start, end) };
}
