// What the fields of an action's form make of texts, and texts of values.

type FieldKind = "switch" | "select" | "alias" | "number" | "json" | "text";

const kinds: Record<string, FieldKind> = {
  boolean: "switch",
  select: "select",
  alias: "alias",
  number: "number",
  integer: "number",
  json: "json",
  object: "json",
  list: "json",
};

/** A placeholder in a field for something else is edited as the text it is. */
export function fieldOf(type: string, value: unknown): FieldKind {
  const kind = kinds[type] ?? "text";
  const isOther = typeof value === "string" && (kind === "switch" || kind === "select");
  return isOther && value.includes("{{") ? "text" : kind;
}

export function asText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** A number where it is one; else the text, which may hold placeholders. */
export function asNumber(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

/** JSON, or a plain text; what begins like an object or a list has to be whole. */
export function fromJson(text: string): { value: unknown; isBroken: boolean } {
  const trimmed = text.trim();
  if (trimmed === "") return { value: undefined, isBroken: false };
  try {
    return { value: JSON.parse(trimmed) as unknown, isBroken: false };
  } catch {
    const isBroken = /^[[{"]/.test(trimmed) && !trimmed.startsWith("{{");
    return { value: text, isBroken };
  }
}
