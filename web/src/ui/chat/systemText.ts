// A line of the system in the reader's language; the server's own words where it has none.
import { useTranslation } from "react-i18next";
import { storedText } from "@/i18n/stored";

type Said = { text: string; content?: object | null };
type Line = { line?: unknown; params?: object };

export function useSystemText(): (message: Said) => string {
  // follows the language
  useTranslation("requestLog");
  return ({ text, content }) => {
    const { line, params } = (content ?? {}) as Line;
    if (typeof line !== "string") return text;
    return storedText(`requestLog:lines.${line}`, params) ?? text;
  };
}
