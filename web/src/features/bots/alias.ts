// What an alias may be; the server says the same, but as a pattern.
const pattern = /^[a-z0-9_]{2,40}$/;

export function isAlias(text: string): boolean {
  return pattern.test(text);
}
