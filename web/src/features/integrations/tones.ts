// The tone of each state of an integration.
import type { Tone } from "@/ui/StatusBadge";
import type { State } from "./queries";

export const tones: Record<State, Tone> = {
  error: "bad",
  active: "ok",
  paused: "warn",
  not_configured: "idle",
};
