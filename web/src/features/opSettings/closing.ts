// What a close needs, as the form holds it.
import type { ClosingRules, ClosingRulesIn } from "./queries";

export const demands = [
  "topic_required",
  "tags_required",
  "reason_required",
  "comment_required",
] as const;
type Demand = (typeof demands)[number];

/** A year, the most that the server takes; 0: a closed chat stays closed. */
export const longestReopening = 8760;
type ClosingValues = Record<Demand, boolean> & { reopen_window_h: number | string };

export function closingValuesOf(rules: ClosingRules): ClosingValues {
  return { ...rules };
}

export function isWindow(typed: number | string): boolean {
  const hours = typed === "" ? Number.NaN : Number(typed);
  return Number.isInteger(hours) && hours >= 0 && hours <= longestReopening;
}

export function closingChangeOf(values: ClosingValues): ClosingRulesIn {
  return { ...values, reopen_window_h: Number(values.reopen_window_h) };
}
