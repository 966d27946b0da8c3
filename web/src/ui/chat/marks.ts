// Texts with marks (bold, links ...) as a small tree: what is no mark is text, never HTML.
export type Tag = "b" | "i" | "u" | "s" | "code" | "pre" | "a";
export type Mark = string | { tag: Tag; href?: string; inside: Mark[] };
type Frame = { tag: Tag | ""; href?: string; written: string; inside: Mark[] };

const tags = /<(\/?)(b|i|u|s|code|pre|a)(?:\s+href="([^"<>]*)")?\s*>/gi;
const address = /^(https?:\/\/|mailto:|tel:)\S+$/i;
const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** What somebody types: `<b>` is a mark where it is closed again, and a text elsewhere. */
export function marksOf(text: string, allowed: readonly string[]): Mark[] {
  return parsed(text, allowed, (words) => words);
}

/** What a message with `parse_mode` HTML says. */
export function marksOfHtml(html: string): Mark[] {
  return parsed(html, ["b", "i", "u", "s", "code", "pre", "a"], decoded);
}

function parsed(text: string, allowed: readonly string[], read: (words: string) => string): Mark[] {
  const root: Frame = { tag: "", written: "", inside: [] };
  const open = [root];
  const top = () => open.at(-1) ?? root;
  const leave = () => {
    const left = open.pop() ?? root;
    top().inside.push(left.written, ...left.inside);
  };
  let at = 0;
  for (const found of text.matchAll(tags)) {
    const [written, slash, name = "", given] = found;
    const tag = name.toLowerCase() as Tag;
    top().inside.push(read(text.slice(at, found.index)));
    at = found.index + written.length;
    const href = given === undefined ? undefined : read(given);
    const isLink = tag !== "a" || address.test(href ?? "");
    if (slash && open.some((frame) => frame.tag === tag)) {
      while (top().tag !== tag) leave();
      const { inside } = top();
      const closed = { tag, href: top().href, inside: joined(inside) };
      open.pop();
      top().inside.push(closed);
    } else if (!slash && allowed.includes(tag) && isLink) {
      open.push({ tag, href: tag === "a" ? href : undefined, written, inside: [] });
    } else {
      top().inside.push(written);
    }
  }
  top().inside.push(read(text.slice(at)));
  while (open.length > 1) leave();
  return joined(root.inside);
}

/** Neighbouring texts as one. */
function joined(marks: Mark[]): Mark[] {
  const all: Mark[] = [];
  for (const mark of marks) {
    const last = all.at(-1);
    if (mark === "") continue;
    if (typeof mark === "string" && typeof last === "string") all[all.length - 1] = last + mark;
    else all.push(mark);
  }
  return all;
}

function decoded(text: string): string {
  return text.replace(/&(#x?[\da-f]{1,6}|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return entities[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const encoded = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export function hasMarks(marks: Mark[]): boolean {
  return marks.some((mark) => typeof mark !== "string");
}

export function htmlOf(marks: Mark[]): string {
  return shaped(marks, encoded);
}

/** As somebody types it, so that it can be changed. */
export function writtenOf(marks: Mark[]): string {
  return shaped(marks, (words) => words);
}

function shaped(marks: Mark[], write: (words: string) => string): string {
  return marks
    .map((mark) => {
      if (typeof mark === "string") return write(mark);
      const { tag, href, inside } = mark;
      const link = href === undefined ? "" : ` href="${write(href).replaceAll('"', "&quot;")}"`;
      return `<${tag}${link}>${shaped(inside, write)}</${tag}>`;
    })
    .join("");
}

/** The words alone; a link keeps its address. */
export function plainOf(marks: Mark[]): string {
  return marks
    .map((mark) => {
      if (typeof mark === "string") return mark;
      const words = plainOf(mark.inside);
      return mark.href && mark.href !== words.trim() ? `${words} (${mark.href})` : words;
    })
    .join("");
}
