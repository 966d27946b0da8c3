// A long list of rows of one height: only those in sight exist; arrows move, Enter opens, Ctrl and
// Shift choose.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from "react";
import { isMod } from "@/ui/keys/hotkeys";
import { useRowKeys } from "@/ui/table/useRowKeys";
import classes from "./List.module.css";
import { NewRows } from "./NewRows";
import { useCalm } from "./useCalm";
import type { Choosing } from "./useChoosing";

export type RowProps = {
  role: "option";
  tabIndex: number;
  "data-index": number;
  "data-request": number;
  "aria-current": true | undefined;
  "aria-selected": boolean;
  "aria-setsize": number;
  "aria-posinset": number;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onMouseDown: (event: MouseEvent<HTMLElement>) => void;
  onClick: (event: MouseEvent<HTMLElement>) => void;
  onContextMenu: (event: MouseEvent<HTMLElement>) => void;
};

type Props<Row> = {
  label: string;
  rows: Row[];
  current?: number;
  hasMore: boolean;
  onMore: () => unknown;
  onOpen: (row: Row) => void;
  /** What the keys for the next and the previous row go by. */
  onShown: (rows: Row[]) => void;
  choosing: Choosing;
  /** By the right button, or by the key for it: Shift+F10. */
  onMenu: (id: number, event: MouseEvent<HTMLElement>) => void;
  children: (row: Row, props: RowProps) => ReactNode;
};

export const rowHeight = 76;
const nearEnd = 20;

export function VirtualRows<Row extends { id: number }>(props: Props<Row>) {
  const { label, current, hasMore, onMore, onOpen, onShown, choosing, onMenu, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const still = useCalm(props.rows);
  const { rows, waiting } = still;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
    initialRect: { width: 320, height: 900 },
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const isNearEnd = hasMore && lastShown >= rows.length - nearEnd;
  const open = (index: number) => {
    const row = rows[index];
    if (row) onOpen(row);
  };
  const rowKeys = useRowKeys(rows.length, open, {
    reveal: (index) => virtual.scrollToIndex(index),
  });
  const choosesByKey = (event: KeyboardEvent<HTMLElement>, at: number) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const [left, entered] = by === undefined ? [] : [rows[at], rows[at + by]];
    if (event.shiftKey && left && entered) choosing.step(left.id, entered.id);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each longer list
  useEffect(() => {
    if (isNearEnd) onMore();
  }, [isNearEnd, rows.length]);
  useEffect(() => onShown(rows), [rows, onShown]);

  const index = rows.findIndex(({ id }) => id === current);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another request moves the list
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index);
  }, [current]);

  const letIn = () => {
    still.letIn();
    virtual.scrollToOffset(0);
  };
  return (
    <div className={classes.frame}>
      {waiting > 0 && <NewRows count={waiting} onShow={letIn} />}
      <div
        ref={box}
        className={classes.scroller}
        onPointerEnter={still.onPointerEnter}
        onPointerLeave={still.onPointerLeave}
        onScroll={(event) => still.onScrolled(event.currentTarget.scrollTop)}
      >
        <div
          role="listbox"
          aria-label={label}
          aria-multiselectable
          data-choosing={choosing.ids.size > 0 || undefined}
          className={classes.rows}
          style={{ height: virtual.getTotalSize() }}
        >
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const { tabIndex, onFocus, onKeyDown } = rowKeys(item.index);
            return (
              <div
                key={item.key}
                role="presentation"
                className={classes.place}
                style={{ transform: `translateY(${item.start}px)`, height: item.size }}
              >
                {children(row, {
                  role: "option",
                  tabIndex,
                  onFocus,
                  onKeyDown: (event) => {
                    choosesByKey(event, item.index);
                    onKeyDown(event);
                  },
                  onMouseDown: leaveTextAlone,
                  onClick: (event) => choosesByClick(event, row.id, choosing),
                  onContextMenu: (event) => onMenu(row.id, event),
                  "data-index": item.index,
                  "data-request": row.id,
                  "aria-current": row.id === current || undefined,
                  "aria-selected": choosing.ids.has(row.id),
                  "aria-setsize": hasMore ? -1 : rows.length,
                  "aria-posinset": item.index + 1,
                })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** With Shift the browser would mark the words between the two clicks. */
function leaveTextAlone(event: MouseEvent): void {
  if (event.shiftKey) event.preventDefault();
}

/** With Ctrl one row, with Shift all up to it; a plain click opens it. */
function choosesByClick(event: MouseEvent, id: number, choosing: Choosing): void {
  if (!isMod(event) && !event.shiftKey) return;
  event.preventDefault();
  if (event.shiftKey) choosing.reach(id);
  else choosing.toggle(id);
}
