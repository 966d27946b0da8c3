// Which cards a filter leaves, and in what order: what needs somebody first.
import type { Card, Connection, State } from "./queries";

const order: Record<State, number> = { error: 0, active: 1, paused: 2, not_configured: 3 };

export function shown(cards: Card[], purpose: string | undefined): Card[] {
  const left = cards.filter(({ purposes }) => !purpose || purposes.some((one) => one === purpose));
  return left.sort(
    (one, other) => order[one.state] - order[other.state] || one.name.localeCompare(other.name),
  );
}

/** Those that fail first; the rest in the order they came. */
export function byTrouble(connections: Connection[]): Connection[] {
  return [...connections].sort((one, other) => order[one.state] - order[other.state]);
}

/** An error as it was answered: the status, then the words. */
export function verbatim(error: { status?: number | null; text: string }): string {
  return [error.status, error.text].filter(Boolean).join(" ");
}
