// A list that does not move under the pointer: what is new waits above it to be let in.
type Calm<Row> = { rows: Row[]; waiting: number };

/**
 * While `held` (the ids in the order they stand in) nothing is moved: rows change where they are,
 * those that left go, and those that came, or moved up, wait.
 */
export function calm<Row extends { id: number }>(
  rows: Row[],
  held: readonly number[] | null,
): Calm<Row> {
  if (held === null) return { rows, waiting: 0 };
  const byId = new Map(rows.map((row) => [row.id, row]));
  const kept = held.map((id) => byId.get(id)).filter((row) => row !== undefined);
  const known = new Set(held);
  const lastKept = rows.findLastIndex(({ id }) => known.has(id));
  // Below what is shown there is room: the next page of the list.
  const below = rows.slice(lastKept + 1);
  const came = rows.slice(0, Math.max(0, lastKept)).filter(({ id }) => !known.has(id));
  return { rows: [...kept, ...below], waiting: came.length };
}
