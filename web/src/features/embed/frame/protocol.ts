// What the panel and the page around it say to each other.

export const source = "operator-panel";
export const version = 1;

export type Data = Record<string, unknown>;
type Envelope = {
  source: typeof source;
  v: typeof version;
  type: string;
  id: string | null;
  data: Data;
};
export type Heard = { type: string; id: string | null; data: Data };

/** What the page around may ask for; `token` brings what lets the operator in. */
export const commands = [
  "openClient",
  "openChat",
  "createOutbound",
  "setContext",
  "setTheme",
  "setLanguage",
  "logout",
  "token",
] as const;
export type Command = (typeof commands)[number];

/** The panel tells these; `token` asks for a new one. */
export type Told =
  | "ready"
  | "auth_required"
  | "chat_opened"
  | "new_message"
  | "unread_count"
  | "chat_closed"
  | "client_clicked"
  | "error"
  | "token";

export function isCommand(type: string): type is Command {
  return commands.some((one) => one === type);
}

/** Null for whatever is not said to the panel, or not in its form. */
export function heardIn(message: unknown): Heard | null {
  if (typeof message !== "object" || message === null) return null;
  const { source: from, v, type, id, data } = message as Partial<Envelope>;
  if (from !== source || v !== version || typeof type !== "string") return null;
  const given = typeof data === "object" && data !== null ? data : {};
  return { type, id: typeof id === "string" ? id : null, data: given };
}

type Place = { ancestors: readonly string[]; referrer: string; asked: string | null };

/** The origin of the page around; null where nobody can tell it. */
export function parentOriginOf({ ancestors, referrer, asked }: Place): string | null {
  const told = ancestors[0] ?? originOf(referrer) ?? (asked === null ? null : originOf(asked));
  return told === "null" ? null : told;
}

function originOf(address: string): string | null {
  try {
    return new URL(address).origin;
  } catch {
    return null;
  }
}

/** A string of a command's data. */
export function wordOf(data: Data, name: string): string | undefined {
  const value = data[name];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() ? value.trim() : undefined;
}
