// The team as its page shows it: searched, filtered, in order.
import type { Operator } from "./queries";

export const presences = ["online", "busy", "paused", "away", "lost", "offline"] as const;
export type Presence = (typeof presences)[number];

export function isPresence(word: string): word is Presence {
  return (presences as readonly string[]).includes(word);
}

type TeamFilters = { q?: string; presence?: string; group?: string; sort?: string };

/** What a row is ordered by; those who wait longest, and those who have most, first by "-". */
const orders: Record<string, (row: Operator) => string | number> = {
  name: ({ name }) => name.toLocaleLowerCase(),
  status: ({ presence, status_since }) =>
    `${presences.indexOf(presence as Presence)} ${status_since}`,
  load: ({ active }) => active,
  quota: ({ touched }) => touched,
  unanswered: ({ unanswered }) => unanswered,
  // The longest wait is the earliest moment: falling order begins with it.
  wait: ({ waiting_since }) =>
    waiting_since ? -Date.parse(waiting_since) : Number.NEGATIVE_INFINITY,
};

export function shownTeam(rows: readonly Operator[], filters: TeamFilters): Operator[] {
  const wanted = filters.q?.trim().toLocaleLowerCase() ?? "";
  const kept = rows.filter(
    ({ name, public_name, presence, groups }) =>
      [name, public_name].some((one) => one.toLocaleLowerCase().includes(wanted)) &&
      (!filters.presence || presence === filters.presence) &&
      (!filters.group || groups.some(({ id }) => String(id) === filters.group)),
  );
  const order = orders[filters.sort?.replace(/^-/, "") ?? "name"] ?? orders.name;
  const falls = filters.sort?.startsWith("-") ? -1 : 1;
  return kept.sort((left, right) => {
    const [a, b] = [order?.(left) ?? "", order?.(right) ?? ""];
    if (a !== b) return (a < b ? -1 : 1) * falls;
    return left.name.localeCompare(right.name);
  });
}

/** Whether a status lasts longer than it may. */
export function lastsTooLong(
  { status, counted_since }: Pick<Operator, "status" | "counted_since">,
  now: number,
): boolean {
  const bound = status.max_minutes;
  if (bound === null || counted_since === null) return false;
  return now - Date.parse(counted_since) > bound * 60_000;
}

/** Whether somebody has had as many clients today as he should; without a quota nothing is met. */
export function quotaMet({ touched, quota }: Pick<Operator, "touched" | "quota">): boolean {
  return quota !== null && touched >= quota;
}

/** How full somebody is, 0 to 1; a limit of 0 is always full. */
export function fullness(active: number, limit: number): number {
  return limit <= 0 ? 1 : Math.min(1, active / limit);
}

type ChannelLoad = { channel: string; active: number; limit: number | null };

/** Channels that he has chats in, and those that are bounded for him. */
export function channelLoads(row: Pick<Operator, "active_by_channel" | "channel_limits">) {
  const names = new Set([
    ...Object.keys(row.active_by_channel),
    ...Object.keys(row.channel_limits),
  ]);
  return [...names].sort().map(
    (channel): ChannelLoad => ({
      channel,
      active: row.active_by_channel[channel] ?? 0,
      limit: row.channel_limits[channel] ?? null,
    }),
  );
}
