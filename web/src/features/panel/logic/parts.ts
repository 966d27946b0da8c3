// A text that is too long for its channel, in messages that are not.

/** Where a text is rather cut, the best first. */
const borders = ["\n\n", "\n", ". ", " "];

/** Pieces of at most `limit` characters; a word is cut only where it is longer than that. */
export function inParts(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const at = cutOf(rest, limit);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest ? [...parts, rest] : parts;
}

function cutOf(text: string, limit: number): number {
  const ends = borders.map((border) => {
    const at = text.lastIndexOf(border, limit - border.trimEnd().length);
    return at < 0 ? 0 : at + border.trimEnd().length;
  });
  // A paragraph of two words would leave most of the room to nothing.
  const end = ends.find((at) => at > limit / 2) ?? Math.max(...ends);
  return end > 0 ? end : wholeSigns(text, limit);
}

/** Not between the two halves of a sign such as an emoji. */
function wholeSigns(text: string, limit: number): number {
  const before = text.charCodeAt(limit - 1);
  return limit > 1 && before >= 0xd800 && before < 0xdc00 ? limit - 1 : limit;
}
