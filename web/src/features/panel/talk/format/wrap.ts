// Puts a mark around what is chosen in a field, or takes it away where it stands already.
type Chosen = { text: string; start: number; end: number };

const openers: Record<string, string> = { a: '<a href="https://">' };
const openerOf = (tag: string) => openers[tag] ?? `<${tag}>`;

/** A link is left with its address chosen, to be written at once. */
export function wrapped({ text, start, end }: Chosen, tag: string): Chosen {
  const [opener, closer] = [openerOf(tag), `</${tag}>`];
  const [before, inside, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  if (before.endsWith(opener) && after.startsWith(closer)) {
    const from = start - opener.length;
    const rest = after.slice(closer.length);
    return { text: before.slice(0, from) + inside + rest, start: from, end: from + inside.length };
  }
  const whole = before + opener + inside + closer + after;
  if (tag === "a") {
    const from = start + opener.indexOf("https://");
    return { text: whole, start: from, end: from + "https://".length };
  }
  const from = start + opener.length;
  return { text: whole, start: from, end: from + inside.length };
}
