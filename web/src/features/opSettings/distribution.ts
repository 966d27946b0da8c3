// The rules of distribution as the form holds them.
import type { Method, Rules, RulesIn } from "./queries";

export const methods: readonly Method[] = [
  "by_default",
  "by_number",
  "by_last_assigned",
  "round_robin",
];

/** Highest that the server takes; the lowest is 0 and means: not used. */
export const bounds = { prefer_last_days: 365, accept_timeout_s: 86_400 };
export type NumberRule = keyof typeof bounds;
export type RuleValues = { auto_connect: boolean; method: Method } & Record<
  NumberRule,
  number | string
>;

export function ruleValuesOf(rules: Rules): RuleValues {
  const { auto_connect, method, prefer_last_days, accept_timeout_s } = rules;
  return { auto_connect, method, prefer_last_days, accept_timeout_s };
}

export function outOfBounds(values: RuleValues): NumberRule[] {
  return (Object.keys(bounds) as NumberRule[]).filter((rule) => {
    const typed = values[rule];
    const value = typed === "" ? Number.NaN : Number(typed);
    return !(Number.isInteger(value) && value >= 0 && value <= bounds[rule]);
  });
}

export function changeOf(values: RuleValues): RulesIn {
  const numbers = Object.keys(bounds).map((rule) => [rule, Number(values[rule as NumberRule])]);
  return { ...values, ...(Object.fromEntries(numbers) as Record<NumberRule, number>) };
}
