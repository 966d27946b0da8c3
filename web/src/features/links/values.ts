// The values of the builder's form, and what becomes of them on the way to the server.
import { parsePairs } from "./pairs";
import type { DeepLink, NewLink, PreviewBody } from "./queries";

export const tagNames = [
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_term",
  "utm_content",
] as const;

export type LinkValues = {
  bot_id: string | null;
  channel: string | null;
  node_id: string | null;
  value: string;
  payload: string;
  utm: Record<string, string>;
  text: string;
  label: string;
  expires_at: string;
};

export const nothing: LinkValues = {
  bot_id: null,
  channel: null,
  node_id: null,
  value: "",
  payload: "",
  utm: {},
  text: "",
  label: "",
  expires_at: "",
};

/** The host of what was typed or pasted: an address, or a host already. */
export function hostOf(typed: string): string {
  const host = typed.trim().replace(/^[a-z]+:\/\//i, "");
  return host.replace(/[/?#:].*$/, "").toLowerCase();
}

function filled(utm: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(utm).filter(([, value]) => value.trim() !== ""));
}

function moment(text: string): string | null {
  return text ? new Date(text).toISOString() : null;
}

function carried(values: LinkValues) {
  return {
    node_id: values.node_id ? Number(values.node_id) : null,
    payload: parsePairs(values.payload) ?? {},
    utm: filled(values.utm),
    text: values.text,
    label: values.label,
    expires_at: moment(values.expires_at),
  };
}

/** Null until a bot and its channel are chosen. */
export function previewBody(values: LinkValues): PreviewBody | null {
  if (!values.bot_id || !values.channel) return null;
  return {
    ...carried(values),
    bot_id: Number(values.bot_id),
    channel: values.channel,
    value: values.value,
  };
}

/** A kept link has its value among its data. */
export function linkBody(values: LinkValues): NewLink {
  const { payload, ...rest } = carried(values);
  return {
    ...rest,
    bot_id: Number(values.bot_id),
    channel: values.channel ?? "",
    payload: values.value ? { ...payload, param: values.value } : payload,
  };
}

export function valuesOf(link: DeepLink, toText: (data: Record<string, unknown>) => string) {
  const { param, ...payload } = link.payload as Record<string, unknown>;
  const isText = typeof param === "string";
  const zone = new Date().getTimezoneOffset() * 60_000;
  const local = (at: string) => new Date(new Date(at).getTime() - zone).toISOString().slice(0, 16);
  return {
    bot_id: String(link.bot_id),
    channel: link.channel,
    node_id: link.node_id ? String(link.node_id) : null,
    value: isText ? param : "",
    payload: toText(isText ? payload : (link.payload as Record<string, unknown>)),
    utm: link.utm,
    text: link.text,
    label: link.label,
    expires_at: link.expires_at ? local(link.expires_at) : "",
  } satisfies LinkValues;
}
