// Rows by keyboard: arrows, Home and End move, Enter opens; one row is in the tab order.
import { type KeyboardEvent, type MouseEvent, useRef, useState } from "react";

const controls = "a, button, input, select, textarea, label, [role=menuitem], [role=switch]";
/** So many frames a row may take to come into a list that shows only what is in sight. */
const patience = 10;

/** A click on a control inside the row belongs to that control. */
function isOnControl(event: { target: EventTarget | null; currentTarget: EventTarget }): boolean {
  const target = event.target as Element;
  if (!(event.currentTarget as Element).contains(target)) return true;
  return target.closest(controls) !== null;
}

type Options = { reveal?: (index: number) => void };

/** `reveal` scrolls to a row that may be out of sight. */
export function useRowKeys(count: number, open: (index: number) => void, { reveal }: Options = {}) {
  const [current, setCurrent] = useState(0);
  const wanted = useRef<number | null>(null);
  const active = Math.min(current, Math.max(0, count - 1));

  const move = (index: number) => {
    const next = Math.max(0, Math.min(count - 1, index));
    wanted.current = next;
    setCurrent(next);
    reveal?.(next);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    if (event.target !== event.currentTarget) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(index + 1),
      ArrowUp: () => move(index - 1),
      Home: () => move(0),
      End: () => move(count - 1),
      Enter: () => open(index),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
    const rows = event.currentTarget.closest("tbody, [role=listbox]");
    const focus = (tries: number) => {
      const row = rows?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
      if (row) row.focus();
      else if (tries > 0) requestAnimationFrame(() => focus(tries - 1));
    };
    requestAnimationFrame(() => focus(patience));
  };

  return (index: number) => ({
    tabIndex: index === active ? 0 : -1,
    onFocus: () => setCurrent(index),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => onKeyDown(event, index),
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (isOnControl(event) || window.getSelection()?.toString()) return;
      open(index);
    },
  });
}
