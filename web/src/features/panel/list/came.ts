// What a list is narrowed to by the campaign that clients last came by.
export type Came = { utm_source?: string; utm_campaign?: string };

export function cameOf({ utm_source, utm_campaign }: Came): Came {
  return { utm_source, utm_campaign };
}

export function isNarrowed(came: Came): boolean {
  return Object.values(cameOf(came)).some(Boolean);
}
