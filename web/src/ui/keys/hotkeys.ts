// Keys that the open page answers to, by physical key, so that any keyboard layout works.
import { type KeyAction, keysOf } from "./bindings";

export type Hotkey = {
  /** "mod+KeyK", "shift+Slash", "Slash": modifiers and a KeyboardEvent.code. */
  combo: string;
  label: string;
  /** False leaves the key to whoever registered it before. */
  run: (event: KeyboardEvent) => unknown;
};

const active = new Set<Hotkey>();
const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Ctrl, or Command where that is the key of commands. */
export function isMod({ metaKey, ctrlKey }: { metaKey: boolean; ctrlKey: boolean }): boolean {
  return isMac ? metaKey : ctrlKey;
}

/** What is pressed, by the places of the keys; both Enters are one. */
export function comboOf(event: KeyboardEvent): string {
  const parts = [
    isMod(event) && "mod",
    event.altKey && "alt",
    event.shiftKey && "shift",
    event.code.replace("NumpadEnter", "Enter"),
  ];
  return parts.filter(Boolean).join("+");
}

/** Whether an event is the key of an action, in a field that handles its keys itself. */
export function isPressed(name: KeyAction, event: KeyboardEvent): boolean {
  return comboOf(event) === keysOf(name);
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  const typed = 'input:not([type="checkbox"], [type="radio"]), textarea, select';
  return Boolean(target?.closest(`${typed}, [contenteditable=true]`));
}

/** An opened menu has the keys for itself, also before the focus is in it and while it closes. */
function isInMenu({ target }: KeyboardEvent): boolean {
  const own = (target as HTMLElement | null)?.closest?.('[role="menu"]');
  return Boolean(own ?? document.querySelector('[role="menu"]'));
}

/** Keys of the page stay quiet while a dialog covers it. */
export function isUnderDialog(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const combo = comboOf(event);
  const bare = !combo.includes("mod+") && !combo.includes("alt+");
  if (bare && (isTyping(event) || isInMenu(event) || isUnderDialog())) return;
  // The one registered last is the innermost: a panel over its page.
  for (const hotkey of [...active].reverse()) {
    if (hotkey.combo !== combo || hotkey.run(event) === false) continue;
    event.preventDefault();
    return;
  }
}

export function register(hotkey: Hotkey): () => void {
  if (active.size === 0) window.addEventListener("keydown", onKeyDown);
  active.add(hotkey);
  return () => {
    active.delete(hotkey);
    if (active.size === 0) window.removeEventListener("keydown", onKeyDown);
  };
}

export function activeHotkeys(): Hotkey[] {
  return [...active];
}

const names: Record<string, string> = {
  mod: isMac ? "⌘" : "Ctrl",
  alt: isMac ? "⌥" : "Alt",
  shift: "Shift",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  Slash: "/",
  Backslash: "\\",
  "shift+Slash": "?",
};

/** "mod+KeyK" -> ["Ctrl", "K"]. */
export function keyNames(combo: string): string[] {
  if (names[combo]) return [names[combo]];
  return combo.split("+").map((part) => names[part] ?? part.replace(/^(Key|Digit|Arrow)/, ""));
}

/** What is done, with all the keys that do it. */
export function keyLines(keys: Pick<Hotkey, "combo" | "label">[]): [string, string[]][] {
  const lines = new Map<string, string[]>();
  for (const { combo, label } of keys) lines.set(label, [...(lines.get(label) ?? []), combo]);
  return [...lines];
}
