// Keys of actions as a form holds them, and what clashes among them.
import type { components } from "@/api/schema";

export type HotKeys = components["schemas"]["HotKeys"];
export type HotKey = components["schemas"]["HotKey"];
type Keys = Record<string, string>;
type Item = Pick<HotKey, "action" | "label">;

function by(items: HotKey[], which: "key" | "everyone" | "default"): Keys {
  return Object.fromEntries(items.map((item) => [item.action, item[which]]));
}

export const keysOf = (items: HotKey[]) => by(items, "key");
export const everyonesOf = (items: HotKey[]) => by(items, "everyone");
export const defaultsOf = (items: HotKey[]) => by(items, "default");

/** What has to be said of a choice: the rest follows what stands behind it. */
export function differing(keys: Keys, behind: Keys): Keys {
  return Object.fromEntries(Object.entries(keys).filter(([action, key]) => behind[action] !== key));
}

/** What else has the key of an action. */
export function clashOf(action: string, keys: Keys, items: Item[]): string | undefined {
  const key = keys[action];
  if (!key) return undefined;
  return items.find((other) => other.action !== action && keys[other.action] === key)?.label;
}
