// Which keys the actions of the app have: the defaults, until somebody's own are known.
import { useSyncExternalStore } from "react";

/** By their names on the server; an empty one has no key. */
const defaultKeys = {
  send: "Enter",
  new_line: "shift+Enter",
  reply: "alt+KeyR",
  note: "alt+KeyN",
  attach: "",
  emoji: "",
  take: "alt+KeyA",
  transfer: "",
  topic: "alt+KeyT",
  tags: "alt+KeyG",
  state: "alt+KeyS",
  close: "alt+KeyC",
  find: "mod+KeyF",
  previous: "alt+ArrowUp",
  next: "alt+ArrowDown",
  choose: "KeyX",
  leave: "Escape",
  folder_1: "alt+Digit1",
  folder_2: "alt+Digit2",
  folder_3: "alt+Digit3",
  folder_4: "alt+Digit4",
  folder_5: "alt+Digit5",
  folder_6: "alt+Digit6",
  folder_7: "alt+Digit7",
  folder_8: "alt+Digit8",
  folder_9: "alt+Digit9",
  search: "mod+KeyK",
  side: "alt+KeyI",
  own_status: "",
  sidebar: "mod+Backslash",
  help: "shift+Slash",
};

export type KeyAction = keyof typeof defaultKeys;
export type Keys = Record<string, string>;

let current: Keys = defaultKeys;
const listeners = new Set<() => void>();

export function setKeys(keys: Keys): void {
  current = { ...defaultKeys, ...keys };
  for (const tell of listeners) tell();
}

/** The combination of an action; anything else is a combination itself. */
export function keysOf(name: KeyAction | (string & {})): string {
  return current[name] ?? name;
}

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function useKeysOf(name: KeyAction | (string & {})): string {
  return useSyncExternalStore(listen, () => keysOf(name));
}
