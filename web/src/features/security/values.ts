// The form's values: one per rule, under the path by which the server names it.
import type { FormOf } from "@/ui/form/useApiForm";
import type { Rules, RulesChange } from "./queries";

export type Values = {
  "password.min_length": number;
  "password.classes": string[];
  "password.history": number;
  "password.expires_days": number;
  "lock.failures": number;
  "lock.window_min": number;
  "lock.lock_min": number;
  "lock.address_failures": number;
  "sessions.idle_min": number;
  "sessions.absolute_days": number;
  "sessions.access_min": number;
  "sessions.token_rate_per_min": number;
  "sessions.one_only": boolean;
  "second_factor.mode": Rules["second_factor"]["mode"];
  "second_factor.roles": string[];
  networks: Record<string, string[]>;
};

export type RulesForm = FormOf<Values>;

export type NumberRule = {
  [K in keyof Values]: Values[K] extends number ? K : never;
}[keyof Values];

/** Lowest and highest that the server takes. */
export const bounds: Record<NumberRule, [number, number]> = {
  "password.min_length": [8, 64],
  "password.history": [0, 24],
  "password.expires_days": [0, 3650],
  "lock.failures": [1, 100],
  "lock.window_min": [1, 1440],
  "lock.lock_min": [1, 1440],
  "lock.address_failures": [0, 10_000],
  "sessions.idle_min": [5, 43_200],
  "sessions.absolute_days": [1, 365],
  "sessions.access_min": [5, 1440],
  "sessions.token_rate_per_min": [10, 1_000_000],
};

export function valuesOf({ networks, ...groups }: Rules): Values {
  const flat = Object.entries(groups).flatMap(([group, rules]) =>
    Object.entries(rules).map(([name, value]) => [`${group}.${name}`, value]),
  );
  return { ...(Object.fromEntries(flat) as Omit<Values, "networks">), networks };
}

export function changeOf({ networks, ...values }: Values): RulesChange {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [path, value] of Object.entries(values)) {
    const [group = "", name = ""] = path.split(".");
    groups[group] = { ...groups[group], [name]: value };
  }
  return { ...groups, networks } as RulesChange;
}

/** Numbers that are missing or out of bounds, so that nothing is sent which would be refused. */
export function outOfBounds(values: Values): NumberRule[] {
  return (Object.keys(bounds) as NumberRule[]).filter((rule) => {
    const [low, high] = bounds[rule];
    const value: unknown = values[rule];
    return !(typeof value === "number" && value >= low && value <= high);
  });
}
