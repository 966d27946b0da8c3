// Which rows of a list are chosen, and from where a range is counted.
type Selection = { ids: ReadonlySet<number>; from: number | null };

export const nothingChosen: Selection = { ids: new Set(), from: null };

/** One row more, or one less; the next range is counted from it. */
export function toggled({ ids }: Selection, id: number): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, from: id };
}

/** The rows from where the range begins to this one, both included, beside those chosen before. */
export function reached(selection: Selection, order: readonly number[], id: number): Selection {
  const from = order.indexOf(selection.from ?? id);
  const to = order.indexOf(id);
  if (to < 0) return selection;
  const start = from < 0 ? to : from;
  const range = order.slice(Math.min(start, to), Math.max(start, to) + 1);
  return { ids: new Set([...selection.ids, ...range]), from: order[start] ?? id };
}

/**
 * From row to row with Shift: both are chosen; a step back towards where the range begins leaves
 * the row that is left behind.
 */
export function stepped(
  selection: Selection,
  order: readonly number[],
  [left, entered]: readonly [number, number],
): Selection {
  const from = selection.from ?? left;
  const distance = (id: number) => Math.abs(order.indexOf(id) - order.indexOf(from));
  const ids = new Set([...selection.ids, from, entered]);
  if (selection.from !== null && distance(entered) < distance(left)) ids.delete(left);
  return { ids, from };
}

export function allOf(order: readonly number[]): Selection {
  return { ids: new Set(order), from: order[0] ?? null };
}

/** The chosen rows that are still there; the same object when all are. */
export function kept(selection: Selection, there: readonly { id: number }[]): Selection {
  const known = new Set(there.map(({ id }) => id));
  const ids = new Set([...selection.ids].filter((id) => known.has(id)));
  if (ids.size === selection.ids.size) return selection;
  return { ids, from: ids.size === 0 ? null : selection.from };
}
