// Bounds of how many chats somebody gets at once, as they are typed.

/** What a field for numbers gives: a number, or the text that is none yet. */
export type Typed = number | string;

export const highest = 1000;

export function limitError(typed: Typed): boolean {
  const value = typeof typed === "string" && typed.trim() === "" ? Number.NaN : Number(typed);
  return !Number.isInteger(value) || value < 0 || value > highest;
}
