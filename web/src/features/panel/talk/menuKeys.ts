// Arrows go from one message's menu to the next, so that Tab does not have to.
import type { KeyboardEvent } from "react";

export function onMenuKeys(event: KeyboardEvent<HTMLElement>): void {
  const from = event.target as HTMLElement;
  const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
  if (by === 0 || event.altKey || !from.matches("[data-message-menu]")) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-message-menu]")];
  all[all.indexOf(from) + by]?.focus();
}
