// Topics in the order of their tree, and what may stand above what.

type Leaf = { id: number; name: string; parent_id: number | null };
export type Branch<T> = T & {
  depth: number;
  /** Its name behind those of the topics above: "Orders / Delivery". */
  path: string;
};

const bar = " / ";

/** Parents before children, brothers by name; one whose parent is not to be seen stands on top. */
export function branches<T extends Leaf>(topics: readonly T[]): Branch<T>[] {
  const known = new Set(topics.map(({ id }) => id));
  const below = new Map<number | null, T[]>();
  for (const topic of topics) {
    const above = topic.parent_id !== null && known.has(topic.parent_id) ? topic.parent_id : null;
    below.set(above, [...(below.get(above) ?? []), topic]);
  }
  const found: Branch<T>[] = [];
  const walk = (parent: number | null, depth: number, prefix: string) => {
    const brothers = [...(below.get(parent) ?? [])];
    brothers.sort((left, right) => left.name.localeCompare(right.name));
    for (const topic of brothers) {
      const path = prefix + topic.name;
      found.push({ ...topic, depth, path });
      walk(topic.id, depth + 1, path + bar);
    }
  };
  walk(null, 0, "");
  return found;
}

/** What fits the search, and what stands above it. */
export function searched<T extends Branch<Leaf> & { alias: string }>(
  rows: readonly T[],
  text: string | undefined,
): T[] {
  const wanted = text?.trim().toLocaleLowerCase();
  if (!wanted) return [...rows];
  const byId = new Map(rows.map((row) => [row.id, row]));
  const kept = new Set<number>();
  for (const row of rows) {
    const fits = [row.name, row.alias].some((one) => one.toLocaleLowerCase().includes(wanted));
    let at: T | undefined = fits ? row : undefined;
    while (at && !kept.has(at.id)) {
      kept.add(at.id);
      at = at.parent_id === null ? undefined : byId.get(at.parent_id);
    }
  }
  return rows.filter(({ id }) => kept.has(id));
}

/** Where a topic may stand: nowhere below itself. */
export function possibleParents<T extends Leaf>(rows: readonly Branch<T>[], id: number | null) {
  const barred = new Set<number | null>(id === null ? [] : [id]);
  return rows.filter((row) => {
    if (barred.has(row.id) || (row.parent_id !== null && barred.has(row.parent_id))) {
      barred.add(row.id);
      return false;
    }
    return true;
  });
}
