// The list of every page: virtual rows, order by the server, column choice, keyboard.
import { Button } from "@mantine/core";
import { useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type ReactNode, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { RowSource } from "@/api/list";
import { ErrorState } from "../feedback/States";
import { ColumnMenu } from "./ColumnMenu";
import { type Column, features, fitted, toColumnDefs, toSort, toSorting } from "./columns";
import classes from "./DataTable.module.css";
import { HeaderCell } from "./HeaderCell";
import headings from "./Heading.module.css";
import { LoadingRows } from "./LoadingRows";
import { linesOf } from "./lines";
import { useColumnChoice } from "./useColumnChoice";
import { useEdges } from "./useEdges";
import { useRowKeys } from "./useRowKeys";

type Props<Row extends object> = {
  /** Names the table for screen readers and stores the column choice. */
  name: string;
  label: string;
  columns: Column<Row>[];
  source: RowSource<Row>;
  rowId: (row: Row) => string | number;
  /** Shown without rows: says what to do next. */
  empty: ReactNode;
  onOpen?: (row: Row) => void;
  sort?: string;
  onSort?: (sort: string | undefined) => void;
  /** Filters, left of the column menu. */
  toolbar?: ReactNode;
  /** Stands above the first of all rows that follow one another with the same heading. */
  heading?: (row: Row) => string;
};

const rowHeight = 40;

// A variable, so that the card layout of narrow screens can overrule it.
function minWidthOf(pixels: number): CSSProperties {
  return { "--table-min-width": `${pixels}px` } as CSSProperties;
}

export function DataTable<Row extends object>(props: Props<Row>) {
  const { columns, source, rowId, empty, onOpen, sort, onSort, heading } = props;
  const { t } = useTranslation("ui");
  const scroller = useRef<HTMLElement>(null);
  const [visibility, setVisibility] = useColumnChoice(props.name, columns);
  const defs = useMemo(() => toColumnDefs(columns), [columns]);
  const sorting = useMemo(() => toSorting(sort, columns), [sort, columns]);
  const table = useTable({
    features,
    columns: defs,
    data: source.rows,
    getRowId: (row) => String(rowId(row)),
    manualSorting: true,
    state: { columnVisibility: visibility, sorting },
    onColumnVisibilityChange: setVisibility,
    onSortingChange: (update) =>
      onSort?.(toSort(typeof update === "function" ? update(sorting) : update, columns)),
  });
  const rows = table.getRowModel().rows;
  const lines = useMemo(() => linesOf(rows, heading), [rows, heading]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    indexAttribute: "data-line",
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
    initialRect: { width: 1000, height: 900 },
  });
  const edges = useEdges(scroller);
  // What nothing inside takes the focus of is scrolled by keyboard itself.
  const isWide = edges.left || edges.right;
  const isLoading = source.isFetching && rows.length === 0;
  const rowKeys = useRowKeys(rows.length, (index) => {
    const row = rows[index];
    if (row) onOpen?.(row.original);
  });

  const byId = new Map(columns.map((column) => [column.id, column]));
  const shown = table.getVisibleLeafColumns();
  const widths = fitted(
    shown.map(({ id }) => byId.get(id)),
    edges.width,
  );
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items[items.length - 1]?.end ?? 0);
  const isLooking = source.isPending || (rows.length === 0 && source.hasMore);
  const isEmpty = !isLooking && !source.error && rows.length === 0;

  return (
    <div className={classes.frame}>
      <div className={classes.toolbar}>
        <div className={classes.filters}>{props.toolbar}</div>
        <ColumnMenu columns={columns} visibility={visibility} onChange={setVisibility} />
      </div>
      <section
        className={classes.scroller}
        ref={scroller}
        aria-label={props.label}
        aria-busy={source.isFetching}
        tabIndex={isWide || isLoading ? 0 : undefined}
        data-more-left={edges.left || undefined}
        data-more-right={edges.right || undefined}
      >
        {source.error !== null && source.error !== undefined ? (
          <ErrorState error={source.error} onRetry={source.refetch} />
        ) : isEmpty ? (
          empty
        ) : (
          <table
            className={classes.table}
            style={minWidthOf(widths.total)}
            aria-label={props.label}
          >
            <colgroup>
              {shown.map(({ id }, index) => (
                <col key={id} style={{ width: widths.columns[index] }} />
              ))}
            </colgroup>
            <thead>
              {table.getHeaderGroups().map((group) => (
                <tr key={group.id}>
                  {group.headers.map((header) => (
                    <HeaderCell
                      key={header.id}
                      title={byId.get(header.column.id)?.header ?? ""}
                      align={byId.get(header.column.id)?.align}
                      order={header.column.getIsSorted()}
                      onSort={
                        onSort && header.column.getCanSort()
                          ? () => header.column.toggleSorting()
                          : undefined
                      }
                    />
                  ))}
                </tr>
              ))}
            </thead>
            <tbody>
              {isLooking && <LoadingRows columns={shown.length} />}
              {before > 0 && <tr aria-hidden style={{ height: before }} />}
              {items.map((item) => {
                const line = lines[item.index];
                const row = rows[line?.row ?? -1];
                if (!line || !row)
                  return (
                    <tr key={item.key} ref={virtual.measureElement} data-line={item.index}>
                      <th scope="colgroup" colSpan={shown.length} className={headings.heading}>
                        {line?.heading}
                      </th>
                    </tr>
                  );
                return (
                  <tr
                    key={item.key}
                    ref={virtual.measureElement}
                    data-line={item.index}
                    data-index={line.row}
                    data-opens={onOpen ? true : undefined}
                    {...rowKeys(line.row)}
                  >
                    {row.getVisibleCells().map((cell) => (
                      <td
                        key={cell.id}
                        data-label={byId.get(cell.column.id)?.header}
                        data-align={byId.get(cell.column.id)?.align}
                      >
                        {byId.get(cell.column.id)?.cell(row.original)}
                      </td>
                    ))}
                  </tr>
                );
              })}
              {after > 0 && <tr aria-hidden style={{ height: after }} />}
            </tbody>
          </table>
        )}
        {source.hasMore && (
          <div className={classes.more}>
            <Button
              variant="default"
              loading={source.isLoadingMore}
              onClick={() => source.loadMore()}
            >
              {t("table.more")}
            </Button>
          </div>
        )}
      </section>
    </div>
  );
}
