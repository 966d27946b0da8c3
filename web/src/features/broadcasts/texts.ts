// The texts of a template by language, as the form holds them and the server takes them.
import type { Content } from "./queries";

/** The first text that says something, for lists. */
export function firstText(content: unknown): string {
  const { texts = {} } = content as Partial<Content>;
  return Object.values(texts).find((text) => text.trim()) ?? "";
}

/** Languages without a text are left out, so that another one is taken for them. */
export function filled(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim()));
}

/** Other texts by channel; a channel without any is left out. */
export function filledByChannel(
  channels: Record<string, Record<string, string>>,
): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(channels)
      .map(([channel, texts]) => [channel, filled(texts)] as const)
      .filter(([, texts]) => Object.keys(texts).length > 0),
  );
}
