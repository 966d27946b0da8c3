// The settings of a bot as a document, what differs in an edited one, and where it is refused.
import { ApiError } from "@/api/problem";
import type { EditorMark } from "@/ui/editor/CodeEditor";
import type { Bot, BotChange } from "./queries";

/** Everything that can be set; the rest of a bot is made by the server. */
export function settingsOf(bot: Bot): Required<BotChange> {
  const { name, alias, group_id, languages, timezone, test_mode, error_text, unsubscribe_words } =
    bot;
  return { name, alias, group_id, languages, timezone, test_mode, error_text, unsubscribe_words };
}

/** What the text sets otherwise; null where it is no JSON object. A setting left out stays. */
export function changesOf(bot: Bot, text: string): BotChange | null {
  let edited: unknown;
  try {
    edited = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof edited !== "object" || edited === null || Array.isArray(edited)) return null;
  const stored: Record<string, unknown> = settingsOf(bot);
  const differs = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(stored[name]);
  return Object.fromEntries(Object.entries(edited).filter(differs));
}

/** The names of the fields that the server refused, each with its sentence. */
export function markedFields(text: string, failure: unknown): EditorMark[] {
  if (!(failure instanceof ApiError)) return [];
  return failure.errors.flatMap(({ field, message }) => {
    const name = JSON.stringify(field.split(/[.[]/)[0]);
    const from = text.indexOf(`\n  ${name}:`) + "\n  ".length;
    if (from < "\n  ".length) return [];
    return [{ from, to: from + name.length, message, level: "error" as const }];
  });
}
