// The time zone in which this user reads times: the profile's, else the browser's.
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
let chosen: string | null = null;

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** An empty or unknown zone means the browser's. */
export function setZone(zone: string | null | undefined): void {
  const next = zone && isZone(zone) ? zone : null;
  if (next === chosen) return;
  chosen = next;
  for (const listener of listeners) listener();
}

export function currentZone(): string {
  return chosen ?? browserZone();
}

export function useZone(): string {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentZone);
}

export function knownZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}
