// What a table draws below one another: rows, and a heading above each stretch that shares it.

/** `row` is the index of a row, or -1 for a heading. */
export type Line = { key: string; row: number; heading: string };

type Given<Row> = { id: string; original: Row };

export function linesOf<Row>(rows: Given<Row>[], heading?: (row: Row) => string): Line[] {
  let last: string | undefined;
  return rows.flatMap(({ id, original }, row) => {
    const own = heading?.(original) ?? "";
    const line = { key: id, row, heading: own };
    if (!heading || own === last) return [line];
    last = own;
    return [{ key: `above ${id}`, row: -1, heading: own }, line];
  });
}
