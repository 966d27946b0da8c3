// Bounds of how many chats somebody gets at once, as they are typed.

/** What a field for numbers gives: a number, or the text that is none yet. */
export type Typed = number | string;

export const highest = 1000;
export const highestQuota = 10_000;

/** As it is sent: an empty field is null, which takes the bound away. */
export function boundOf(typed: Typed): number | null {
  return typed === "" ? null : Number(typed);
}

/** The same for a bound that may be left empty. */
export function boundError(typed: Typed, most: number): boolean {
  const value = boundOf(typed);
  return value !== null && !(Number.isInteger(value) && value >= 0 && value <= most);
}

export function limitError(typed: Typed): boolean {
  const value = typeof typed === "string" && typed.trim() === "" ? Number.NaN : Number(typed);
  return !Number.isInteger(value) || value < 0 || value > highest;
}
