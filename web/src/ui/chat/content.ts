// The parts of a message that are not text, as the chat draws them.
import type { ChatButton, ChatFile } from "./Bubble";

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields).filter((one) => one !== null) : [];
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** Only addresses that a browser opens harmlessly. */
function address(value: unknown): string | undefined {
  return /^(https?:\/\/|\/)/.test(text(value)) ? text(value) : undefined;
}

export type MediaStatus = "fetching" | "unavailable" | null;

export function mediaStatus(content: unknown): MediaStatus {
  const status = text(fields(fields(content)?.media)?.status);
  return status === "fetching" || status === "unavailable" ? status : null;
}

function placeFile(place: Fields): ChatFile {
  const at = `${place.latitude}, ${place.longitude}`;
  return { kind: "location", name: text(place.title) || at, detail: at };
}

function contactFile(contact: Fields): ChatFile {
  const phone = text(contact.phone);
  return { kind: "contact", name: text(contact.name) || phone, detail: phone };
}

export function filesOf(content: unknown, kind: string): ChatFile[] {
  const all = fields(content) ?? {};
  const media = fields(all.media);
  const attached = list(all.attachments).map((file) => ({
    kind: text(file.type) || "document",
    name: text(file.name) || text(file.type),
    url: address(file.url),
    caption: text(file.caption) || undefined,
  }));
  const place = fields(all.location);
  const contact = fields(all.contact);
  return [
    ...(media
      ? [
          {
            kind,
            name: text(media.name) || kind,
            url: mediaStatus(content) ? undefined : address(media.url),
            detail: text(media.mime) || undefined,
          },
        ]
      : []),
    ...attached,
    ...(place ? [placeFile(place)] : []),
    ...(contact ? [contactFile(contact)] : []),
    ...list(all.cards).map((card) => ({
      kind: "image",
      name: text(card.title),
      url: address(card.image),
      caption: [text(card.title), text(card.subtitle)].filter(Boolean).join("\n"),
    })),
  ];
}

/** Buttons in their rows; a button without a row stands in one of its own. */
export function keyboardOf(content: unknown): { rows: ChatButton[][]; inline: boolean } {
  const keyboard = fields(fields(content)?.keyboard);
  const buttons = list(keyboard?.buttons);
  const rows = new Map<string, ChatButton[]>();
  buttons.forEach((button, index) => {
    const row = typeof button.row === "number" ? `row ${button.row}` : `own ${index}`;
    const link = button.action_type === "open-url" ? address(button.action_body) : undefined;
    const shown = { id: `${index} ${text(button.token)}`, text: text(button.text), url: link };
    rows.set(row, [...(rows.get(row) ?? []), shown]);
  });
  return { rows: [...rows.values()], inline: keyboard?.inline === true };
}

/** What the client's reactions to a message are now. */
export function reactionsOf(content: unknown): string[] {
  const given = fields(content)?.reactions;
  return Array.isArray(given) ? given.filter((one) => typeof one === "string") : [];
}
