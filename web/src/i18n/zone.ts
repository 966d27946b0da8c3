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
  return chosen ?? renamed[browserZone()] ?? browserZone();
}

export function useZone(): string {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentZone);
}

// Browsers still list some cities under names that the zone database has left behind.
const renamed: Record<string, string> = {
  "Europe/Kiev": "Europe/Kyiv",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
};

export function knownZones(): string[] {
  const listed = Intl.supportedValuesOf("timeZone").map((zone) => renamed[zone] ?? zone);
  return [...new Set(["UTC", ...listed])].sort();
}
