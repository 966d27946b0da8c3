// Texts whose keys come from stored data: a word that the catalogue does not name has none.
import i18next from "i18next";

type Lookup = { exists: (key: string) => boolean; t: (key: string, values: object) => string };

/** `key` with its namespace, "requestLog:lines.connected"; null where there is no such text. */
export function storedText(key: string, values: object = {}): string | null {
  const { exists, t } = i18next as unknown as Lookup;
  return exists(key) ? t(key, values) : null;
}
