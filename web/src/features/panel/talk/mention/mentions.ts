// Colleagues by their names in a text: the one that is being typed, and those that stand there.
import type { Mentioned } from "../../types";

/** A name that is begun: where its `@` stands, and the letters after it. */
export type Begun = { at: number; letters: string };

// A name is of two words at most while it is typed; behind a letter, `@` belongs to an address.
const begun = /(?<![\p{L}\p{N}_])@([^\s@]{0,40}(?: [^\s@]{0,40})?)$/u;

export function begunAt(text: string, cursor: number, chosen: Mentioned[]): Begun | null {
  const found = begun.exec(text.slice(0, cursor));
  if (!found) return null;
  const isWhole = chosen.some(({ name }) => text.startsWith(`@${name}`, found.index));
  return isWhole ? null : { at: found.index, letters: found[1] ?? "" };
}

export type NamedPart = { text: string; who?: Mentioned };

/** The text in parts, `@Name` of one of these people as a part of its own. */
export function namedParts(text: string, people: Mentioned[]): NamedPart[] {
  if (people.length === 0) return [{ text }];
  const byName = new Map(people.map((one) => [`@${one.name}`, one]));
  const names = [...byName.keys()]
    .sort((left, right) => right.length - left.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return text
    .split(new RegExp(`(${names.join("|")})(?![\\p{L}\\p{N}_])`, "u"))
    .map((part, index) => ({ text: part, who: index % 2 ? byName.get(part) : undefined }))
    .filter((part) => part.text !== "");
}

/** Of these people, those whose names stand in the text; of namesakes, all. */
export function mentionedIn(text: string, people: Mentioned[]): Mentioned[] {
  const names = new Set(namedParts(text, people).map(({ who }) => who?.name));
  return people.filter(({ name }) => names.has(name));
}
