// The custom channel's messages: what the client's side sends, and what it gets back.
import type { ChatButton, ChatFile } from "@/ui/chat/Bubble";

type Fields = Record<string, unknown>;

export type Client = { chatId: string; firstName: string; language: string };
export type Update = Fields;

/** What every client begins with, in any language. */
export const startCommand = "/start";

function head({ chatId, firstName, language }: Client): Fields {
  return {
    from: { id: chatId, first_name: firstName, language_code: language },
    chat: { id: chatId },
    date: Date.now(),
  };
}

export function textUpdate(client: Client, text: string): Update {
  return { message: { ...head(client), type: "text", text } };
}

export function pressUpdate(client: Client, data: string, messageId: string): Update {
  return {
    callback_query: { ...head(client), id: `p_${Date.now()}`, data, message_id: messageId },
  };
}

export function contactUpdate(client: Client, phone: string): Update {
  const contact = { phone, name: client.firstName };
  return { message: { ...head(client), type: "contact", contact } };
}

export function locationUpdate(client: Client, latitude: number, longitude: number): Update {
  return { message: { ...head(client), type: "location", location: { latitude, longitude } } };
}

/** Bytes travel as base64 in the update; the hook takes 5 MB of it. */
export const mostFileBytes = 3_500_000;

export function fileKind(mime: string): string {
  const kind = mime.split("/")[0] ?? "";
  return ["image", "video", "audio"].includes(kind) ? kind : "document";
}

type FileIn = { name: string; mime: string; size: number; base64: string };

export function fileUpdate(client: Client, file: FileIn): Update {
  const { name, mime, size, base64 } = file;
  const media = { name, mime: mime || "application/octet-stream", size, base64 };
  return { message: { ...head(client), type: fileKind(mime), media } };
}

// --- What comes back

function fields(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields).filter((one) => one !== null) : [];
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

export function parse(body: string | null | undefined): Fields | null {
  try {
    return fields(JSON.parse(body ?? ""));
  } catch {
    return null;
  }
}

/** What a button asks the client's side to do when it is pressed. */
export type Press =
  | { kind: "text"; text: string }
  | { kind: "callback"; data: string }
  | { kind: "contact" }
  | { kind: "location" };

type WireButton = ChatButton & { press: Press | null };

export type WireMessage = {
  event: string;
  chatId: string;
  messageId: string;
  author: string;
  text: string;
  files: ChatFile[];
  rows: WireButton[][];
  inline: boolean;
  /** Of events: the operator's name, who closed the chat, whether somebody writes. */
  operator: string;
  by: string;
  on: boolean;
};

function pressOf(button: Fields): Press | null {
  switch (button.type) {
    case "callback":
      return { kind: "callback", data: text(button.data) };
    case "request_contact":
      return { kind: "contact" };
    case "request_location":
      return { kind: "location" };
    case "url":
    case "web_app":
      return null;
    default:
      return { kind: "text", text: text(button.text) };
  }
}

function toButton(button: Fields): WireButton {
  const url = text(button.url);
  return {
    id: text(button.id) || text(button.text),
    text: text(button.text),
    url: /^https?:\/\//.test(url) ? url : undefined,
    press: pressOf(button),
  };
}

function filesIn(message: Fields): ChatFile[] {
  const attached = list(message.attachments).map((file) => ({
    kind: text(file.type) || text(file.mime).split("/")[0] || "document",
    name: text(file.name) || text(file.mime),
    url: text(file.url) || undefined,
    detail: text(file.mime) || undefined,
    caption: text(file.caption) || undefined,
  }));
  const media = fields(message.media);
  const place = fields(message.location);
  const contact = fields(message.contact);
  return [
    ...attached,
    ...(media
      ? [{ kind: text(message.type), name: text(media.name), detail: text(media.mime) }]
      : []),
    ...(place ? [{ kind: "location", name: `${place.latitude}, ${place.longitude}` }] : []),
    ...(contact
      ? [
          {
            kind: "contact",
            name: text(contact.name) || text(contact.phone),
            detail: text(contact.phone),
          },
        ]
      : []),
    ...list(message.cards).map((card) => ({
      kind: "image",
      name: text(card.title),
      url: text(card.image) || undefined,
      caption: [text(card.title), text(card.subtitle)].filter(Boolean).join("\n"),
    })),
  ];
}

/** An envelope that the bot's side sent; null when the request is none. */
export function readEnvelope(body: string | null | undefined): WireMessage | null {
  const envelope = parse(body);
  if (!envelope || typeof envelope.event !== "string") return null;
  const message = fields(envelope.message) ?? {};
  const keyboard = fields(message.keyboard);
  const rows = Array.isArray(keyboard?.rows) ? keyboard.rows : [];
  return {
    event: envelope.event,
    chatId: text(envelope.chat_id),
    messageId: text(message.id) || text(envelope.message_id),
    author: text(fields(message.from)?.name),
    text: text(message.text) || text(envelope.text),
    files: filesIn(message),
    rows: rows.map((row) => list(row).map(toButton)),
    inline: keyboard?.inline === true,
    operator: text(fields(envelope.operator)?.name),
    by: text(envelope.by),
    on: envelope.on !== false,
  };
}

/** The client's own update as it is drawn in the chat. */
export function readUpdate(body: string): { text: string; files: ChatFile[]; press: boolean } {
  const update = parse(body) ?? {};
  const press = fields(update.callback_query);
  const message = fields(update.message) ?? {};
  return {
    text: press ? text(press.data) : text(message.text) || text(message.caption),
    files: filesIn(message),
    press: press !== null,
  };
}
