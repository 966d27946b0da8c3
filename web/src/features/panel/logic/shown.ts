// Which files the channel shows for what they are, and which go as plain files.
import type { Details } from "../types";

const shown = ["image", "video", "audio"];

export function goesPlain({ type, size }: { type: string; size: number }, details: Details) {
  const kind = type.split("/")[0] ?? "";
  if (!shown.includes(kind)) return false;
  const rule = details.channel_shows.find((one) => one.kind === kind);
  if (!rule) return true;
  const { most = 0, mimes = [] } = rule;
  return (most > 0 && size > most) || (mimes.length > 0 && !mimes.includes(type));
}
