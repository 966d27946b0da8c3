// The journal of a run in the shapes that its page draws.
import type { Pass } from "@/features/scenario";
import type { Call, Step } from "./queries";

export type TraceStep = {
  node_id: number;
  type: string;
  port?: string | null;
  ms?: number | null;
  error?: string | null;
  note?: string | null;
  changed?: Record<string, string>;
};

export function traceOf(step: Pick<Step, "trace">): TraceStep[] {
  return step.trace as unknown[] as TraceStep[];
}

/** Every node passed, in order; a node that waited and went on later is one pass. */
export function passesOf(steps: Pick<Step, "trace">[]): Pass[] {
  const passes: Pass[] = [];
  for (const { node_id, port, error } of steps.flatMap(traceOf)) {
    const last = passes.at(-1);
    const pass = { nodeId: node_id, port: port ?? null, failed: Boolean(error) };
    if (last?.nodeId === node_id && last.port === null) passes[passes.length - 1] = pass;
    else passes.push(pass);
  }
  return passes;
}

export type LoggedRequest = {
  method: string;
  url: string;
  status: number | null;
  ms: number;
  error: string | null;
  request_headers: Record<string, string>;
  request_body: string;
  response_headers: Record<string, string>;
  response_body: string;
};

export type LogLine = { level: string; code: string; text: string };

export function logOf(call: Pick<Call, "log">): { lines: LogLine[]; requests: LoggedRequest[] } {
  const log = call.log as { lines?: LogLine[]; requests?: LoggedRequest[] } | null;
  return { lines: log?.lines ?? [], requests: log?.requests ?? [] };
}

/** Calls by the node that made them and, inside, in the order they were made. */
export function callsOfStep(step: Pick<Step, "effects">, calls: Call[]): Call[] {
  const ids = step.effects
    .filter((effect) => effect.type === "call")
    .map((effect) => String(effect.call_id));
  return calls.filter(({ call_id }) => ids.includes(call_id));
}

/** A sentence cut at the names it holds: words and names by turns, words first. */
export function partsOf(sentence: string, names: string[]): string[] {
  const known = names.filter((name) => name !== "").sort((a, b) => b.length - a.length);
  if (known.length === 0) return [sentence];
  const escaped = known.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return sentence.split(new RegExp(`(?<!\\p{L})(${escaped.join("|")})(?!\\p{L})`, "u"));
}
