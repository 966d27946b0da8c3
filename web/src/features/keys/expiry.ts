// The expiry field: a moment as the browser's date field writes it, and back.

/** In the browser's own zone, which is what the field shows. */
export function toLocal(moment: string | null): string {
  if (!moment) return "";
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function fromLocal(text: string): string | null {
  return text ? new Date(text).toISOString() : null;
}
