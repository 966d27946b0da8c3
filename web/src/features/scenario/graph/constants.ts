// The bot's constants that a block names, as sample variables for trying it.
import type { Data, Graph } from "./document";

type Constant = { key?: unknown; values?: Record<string, unknown>; secret?: boolean };

/** Each in the first language that it has; those that are kept secret stay out. */
export function constantsIn(graph: Graph, data: Data): Data {
  const named = JSON.stringify(data);
  const found = ((graph.constants ?? []) as Constant[]).flatMap(({ key, values, secret }) => {
    const [value] = Object.values(values ?? {});
    const isNamed = typeof key === "string" && new RegExp(`\\{\\{\\s*${key}\\b`).test(named);
    return isNamed && !secret && value !== undefined ? [[key, value] as const] : [];
  });
  return Object.fromEntries(found);
}
