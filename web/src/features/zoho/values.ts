// The form's values, and what of them goes to the server.
import type { Zoho, ZohoChange, ZohoField } from "./queries";

export const dataCentres = ["com", "eu", "in", "com.au", "jp", "ca", "sa"] as const;
export const modules = ["Leads", "Contacts"] as const;

/** A line of the mapping with a name for React, which the server does not know. */
export type Line = Required<ZohoField> & { key: number };

export type Values = {
  dc: Zoho["dc"];
  client_id: string;
  client_secret: string;
  own: boolean;
  api_base: string;
  accounts_base: string;
  product_name: string;
  on_close: boolean;
  module: string;
  mapping: Line[];
};

export function usualBases(dc: string): { api_base: string; accounts_base: string } {
  const accounts = dc === "ca" ? "zohocloud.ca" : `zoho.${dc}`;
  return { api_base: `https://www.zohoapis.${dc}`, accounts_base: `https://accounts.${accounts}` };
}

export function valuesOf(zoho: Zoho): Values {
  const usual = usualBases(zoho.dc);
  return {
    dc: zoho.dc,
    client_id: zoho.client_id,
    client_secret: "",
    own: zoho.api_base !== usual.api_base || zoho.accounts_base !== usual.accounts_base,
    api_base: zoho.api_base,
    accounts_base: zoho.accounts_base,
    product_name: zoho.product_name ?? "",
    on_close: zoho.on_close,
    module: zoho.module,
    mapping: zoho.mapping.map((line, key) => ({
      key,
      source: line.source,
      field: line.field,
      kind: line.kind ?? "text",
      create: line.create ?? false,
    })),
  };
}

/** A secret left empty stays as it is; an empty name is the instance's. */
export function changeOf(values: Values): ZohoChange {
  const { own, client_secret, api_base, accounts_base, product_name, mapping, ...rest } = values;
  return {
    ...rest,
    dc: rest.dc as ZohoChange["dc"],
    module: rest.module as ZohoChange["module"],
    client_secret: client_secret || null,
    api_base: own ? api_base : null,
    accounts_base: own ? accounts_base : null,
    product_name: product_name === "" ? null : product_name,
    mapping: mapping.map(({ key: _, kind, ...line }) => ({
      ...line,
      kind: kind as "text" | "product",
    })),
  };
}

export function newLine(mapping: Line[]): Line {
  const key = Math.max(-1, ...mapping.map((line) => line.key)) + 1;
  return { key, source: "", field: "", kind: "text", create: false };
}
