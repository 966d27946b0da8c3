// The order of statuses: those of the system first, the own ones as they were put.

type Placed = { id: number; position: number; is_system: boolean };
const firstOwn = 10;

/** The positions to store so that the status goes one place up or down; none at the end. */
export function moved(statuses: readonly Placed[], id: number, by: -1 | 1) {
  const own = statuses.filter(({ is_system }) => !is_system);
  const from = own.findIndex((status) => status.id === id);
  const [here, there] = [own[from], own[from + by]];
  if (!here || !there) return [];
  const order = own.with(from, there).with(from + by, here);
  return order.flatMap((status, index) =>
    status.position === firstOwn + index ? [] : [{ id: status.id, position: firstOwn + index }],
  );
}
