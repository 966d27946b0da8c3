// A long list of rows of one height: only those in sight exist; arrows move, Enter opens.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { useRowKeys } from "@/ui/table/useRowKeys";
import classes from "./List.module.css";
import { NewRows } from "./NewRows";
import { useCalm } from "./useCalm";

export type RowProps = {
  role: "option";
  tabIndex: number;
  "data-index": number;
  "aria-selected": boolean;
  "aria-setsize": number;
  "aria-posinset": number;
  onFocus: () => void;
  onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => void;
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
  children: (row: Row, props: RowProps) => ReactNode;
};

export const rowHeight = 76;
const nearEnd = 20;

export function VirtualRows<Row extends { id: number }>(props: Props<Row>) {
  const { label, current, hasMore, onMore, onOpen, onShown, children } = props;
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
  const rowKeys = useRowKeys(rows.length, (index) => {
    const row = rows[index];
    if (row) onOpen(row);
  });

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
                  onKeyDown,
                  "data-index": item.index,
                  "aria-selected": row.id === current,
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
