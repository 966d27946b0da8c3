// From a place in an answer to its path, and to a mapping that keeps it in a variable.

export type Values = Record<string, unknown>;
export type Step = string | number;

/** `items[0].id`; keys that a path could not hold stand in quotes. */
export function pathOf(steps: Step[]): string {
  if (steps.length === 0) return "$";
  return steps
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[^.[\]*"$]+$/.test(step)) return `["${step}"]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

/** A name for the variable: the last key on the way, made fit, and free. */
export function nameFor(steps: Step[], taken: Iterable<string>): string {
  const key = steps.filter((step) => typeof step === "string").at(-1) ?? "response";
  const plain = String(key)
    .replace(/[^\p{L}\p{N}_]+/gu, "_")
    .replace(/^(\d)/, "_$1");
  const used = new Set(taken);
  let name = plain || "value";
  for (let n = 2; used.has(name); n += 1) name = `${plain}_${n}`;
  return name;
}

function mappingOf(values: Values): Values {
  const given = values.response_mapping;
  return given !== null && typeof given === "object" && !Array.isArray(given)
    ? (given as Values)
    : {};
}

/** The variables that the mapping writes. */
export function mapped(values: Values): string[] {
  return Object.values(mappingOf(values)).filter((one) => typeof one === "string");
}

/** The values with one mapping more; a place that is mapped already stays as it is. */
export function withMapping(values: Values, steps: Step[]): { values: Values; name: string } {
  const mapping = mappingOf(values);
  const path = pathOf(steps);
  const known = mapping[path];
  if (typeof known === "string") return { values, name: known };
  const name = nameFor(steps, mapped(values));
  return { values: { ...values, response_mapping: { ...mapping, [path]: name } }, name };
}

/** Where a test keeps the whole answer, when the author keeps it nowhere. */
export const whole = "test_response";

export function keeping(values: Values): { values: Values; kept: string } {
  const own = values.save_response ?? values.save_responce;
  if (typeof own === "string" && own !== "") return { values, kept: own };
  return { values: { ...values, save_response: whole }, kept: whole };
}
