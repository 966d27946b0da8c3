// Whether the right side stands beside a dialog.
import type { Mode } from "../data/side";

/** `closedAt`: where it opens with each dialog, the one at which it was closed. */
export function standsAt(
  number: number | undefined,
  mode: Mode,
  closedAt: number | undefined,
): boolean {
  return mode === "opens" ? closedAt !== number : mode === "pinned";
}
