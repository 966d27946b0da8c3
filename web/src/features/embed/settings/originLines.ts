// What is wrong with a line of the list of origins; the server has the last word.
export type Fault = "noScheme" | "badScheme" | "slash" | "path" | "badHost" | "twice";

export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

export function faultOf(line: string): Fault | null {
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(line) ?? [];
  if (scheme === undefined) return "noScheme";
  if (scheme !== "http" && scheme !== "https") return "badScheme";
  if (/^[^/]*\/$/.test(rest)) return "slash";
  if (/[/?#\\]/.test(rest)) return "path";
  return /^([a-z0-9-]+\.)*[a-z0-9-]+(:[1-9]\d{0,4})?$|^\[[0-9a-f:.]+\](:\d+)?$/.test(rest)
    ? null
    : "badHost";
}

/** The first fault of a list, with the number of its line. */
export function firstFault(text: string): { fault: Fault; line: number } | null {
  const lines = linesOf(text);
  for (const [index, line] of lines.entries()) {
    const fault = faultOf(line) ?? (lines.indexOf(line) < index ? "twice" : null);
    if (fault) return { fault, line: index + 1 };
  }
  return null;
}
