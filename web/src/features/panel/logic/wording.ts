// What is written as the messages that go out: with marks where the channel shows them.
import { hasMarks, htmlOf, type Mark, marksOf, marksOfHtml, plainOf } from "@/ui/chat/marks";
import type { Message } from "../types";
import { inParts } from "./parts";

export type Worded = { text: string; marked: boolean };

/** One message, or several of a text that is too long; those go without marks: a cut breaks them. */
export function worded(written: string, limit: number, allowed: readonly string[]): Worded[] {
  const marks = marksOf(written.trim(), allowed);
  const plain = (text: string) =>
    inParts(text, limit).map((part) => ({ text: part, marked: false }));
  if (!hasMarks(marks)) return plain(written);
  const text = htmlOf(marks);
  return text.length <= limit ? [{ text, marked: true }] : plain(plainOf(marks));
}

export function marksIn({ text, marked }: Worded): Mark[] {
  return marked ? marksOfHtml(text) : [text];
}

export function isMarked({ content }: Pick<Message, "content">): boolean {
  return content?.parse_mode === "HTML";
}

/** What a message says, without its marks. */
export function wordsOf(message: Pick<Message, "text" | "content">): string {
  return isMarked(message) ? plainOf(marksOfHtml(message.text)) : message.text;
}
