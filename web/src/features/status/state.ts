// The states of a check, and how each looks.
import type { Tone } from "@/ui/StatusBadge";

export const tones: Record<string, Tone> = { ok: "ok", warn: "warn", error: "bad", off: "idle" };
const stateKeys = ["ok", "warn", "error", "off"] as const;

export function stateKey(state: string): (typeof stateKeys)[number] {
  return stateKeys.find((known) => known === state) ?? "off";
}
