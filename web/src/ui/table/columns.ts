// How a page describes its columns, and their form for TanStack Table.
import {
  type ColumnDef,
  columnVisibilityFeature,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
} from "@tanstack/react-table";
import type { ReactNode } from "react";

export type Column<Row> = {
  id: string;
  header: string;
  /** Called, not mounted: a menu in it stays open when the columns are made anew. */
  cell: (row: Row) => ReactNode;
  /** Pixels; columns without a width share what is left. */
  width?: number;
  align?: "end";
  /** The server's name of this order (`sort=name`), where it has one. */
  sort?: string;
  /** Left out until chosen in the column menu. */
  hidden?: boolean;
  /** Always shown: the name, the row's menu. */
  fixed?: boolean;
  /** Keeps its width where others shrink: a word in a badge is not cut. */
  rigid?: boolean;
};

export const features = tableFeatures({ columnVisibilityFeature, rowSortingFeature });
type Features = typeof features;

export function toColumnDefs<Row extends object>(
  columns: Column<Row>[],
): ColumnDef<Features, Row>[] {
  return columns.map((column) => ({
    id: column.id,
    header: column.header,
    accessorFn: (row: Row) => row,
    enableHiding: !column.fixed,
    enableSorting: column.sort !== undefined,
    sortDescFirst: false,
  }));
}

/** Below this the columns no longer shrink: the table is scrolled sideways. */
const narrowest = 0.7;
const flexible = 160;

/** Widths of the columns in a box: a little narrower than wanted where that makes all of them fit. */
export function fitted<Row>(columns: (Column<Row> | undefined)[], box: number) {
  const held = columns.map((column) =>
    column?.rigid || column?.header === "" ? (column.width ?? 0) : 0,
  );
  const wanted = columns.map((column, index) => (held[index] ? 0 : (column?.width ?? flexible)));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const room = box > 0 ? (box - sum(held)) / sum(wanted) : 1;
  const scale = Math.min(1, Math.max(narrowest, room));
  return {
    total: Math.floor(sum(held) + sum(wanted) * scale),
    columns: columns.map((column, index) =>
      held[index] || !column?.width ? column?.width : Math.floor(column.width * scale),
    ),
  };
}

/** "-name" of the API's `sort=` as the table's state. */
export function toSorting<Row>(sort: string | undefined, columns: Column<Row>[]): SortingState {
  if (!sort) return [];
  const desc = sort.startsWith("-");
  const column = columns.find((one) => one.sort === sort.replace(/^-/, ""));
  return column ? [{ id: column.id, desc }] : [];
}

export function toSort<Row>(sorting: SortingState, columns: Column<Row>[]): string | undefined {
  const [first] = sorting;
  const name = columns.find((one) => one.id === first?.id)?.sort;
  return name && first ? `${first.desc ? "-" : ""}${name}` : undefined;
}
