// Two values as texts with the words that differ set apart.

export type Piece = { text: string; differs: boolean; at: number };

// The table of comparisons grows with the product of both lengths.
const mostWords = 600;

function asText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}

/** Words, numbers and the signs between them. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|./gsu) ?? [];
}

/** Lengths of the longest common sequence of what begins at each pair of words. */
function commonLengths(left: string[], right: string[]): number[][] {
  const table = Array.from({ length: left.length + 1 }, () =>
    new Array<number>(right.length + 1).fill(0),
  );
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const [row, below] = [table[i] as number[], table[i + 1] as number[]];
      row[j] =
        left[i] === right[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

/** For each word of both sides, whether the other side lacks it. */
function lacking(left: string[], right: string[]): { left: boolean[]; right: boolean[] } {
  const table = commonLengths(left, right);
  const marks = { left: left.map(() => true), right: right.map(() => true) };
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) {
      marks.left[i] = false;
      marks.right[j] = false;
      i += 1;
      j += 1;
    } else if ((table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return marks;
}

function joined(words: string[], marks: boolean[]): Piece[] {
  const found: Piece[] = [];
  words.forEach((text, at) => {
    const differs = marks[at] ?? false;
    const last = found.at(-1);
    if (last?.differs === differs) last.text += text;
    else found.push({ text, differs, at });
  });
  return found;
}

const whole = (text: string): Piece[] => (text === "" ? [] : [{ text, differs: false, at: 0 }]);

/** Nothing is marked where one side has nothing, or where the texts are too long to compare. */
export function pieces(before: unknown, after: unknown): { before: Piece[]; after: Piece[] } {
  const [left, right] = [wordsOf(asText(before)), wordsOf(asText(after))];
  const empty = left.length === 0 || right.length === 0;
  if (empty || left.length > mostWords || right.length > mostWords) {
    return { before: whole(left.join("")), after: whole(right.join("")) };
  }
  const marks = lacking(left, right);
  return { before: joined(left, marks.left), after: joined(right, marks.right) };
}
