// The form's values, and what of them goes to the server.
import type { EsputnikChange, EsputnikField, Stored } from "./queries";

export const usualBase = "https://esputnik.com/api";
export const clientFields = [
  "client_id",
  "external_id",
  "first_name",
  "last_name",
  "name",
  "username",
  "phone",
  "email",
  "language",
] as const;
export const ownFields = ["firstName", "lastName", "phone", "email", "externalCustomerId"] as const;

/** A line of the mapping with a name for React, which the server does not know. */
export type Line = EsputnikField & { key: number };

export type Values = {
  api_key: string;
  app_uuid: string;
  own: boolean;
  base_url: string;
  push_changes: boolean;
  mapping: Line[];
};

const usual: [string, string][] = [
  ["first_name", "firstName"],
  ["last_name", "lastName"],
  ["phone", "phone"],
  ["email", "email"],
  ["client_id", "externalCustomerId"],
];

export function valuesOf({ esputnik }: Pick<Stored, "esputnik">): Values {
  const mapping = esputnik?.mapping ?? usual.map(([source, field]) => ({ source, field }));
  const base_url = esputnik?.base_url ?? usualBase;
  return {
    api_key: "",
    app_uuid: esputnik?.app_uuid ?? "",
    own: base_url !== usualBase,
    base_url,
    push_changes: esputnik?.push_changes ?? false,
    mapping: mapping.map((line, key) => ({ ...line, key })),
  };
}

/** A key left empty stays as it is. */
export function changeOf({ api_key, own, base_url, mapping, ...rest }: Values): EsputnikChange {
  return {
    ...rest,
    ...(api_key ? { api_key } : {}),
    base_url: own ? base_url : null,
    mapping: mapping.map(({ source, field }) => ({ source, field })),
  };
}

export function newLine(mapping: Line[]): Line {
  const key = Math.max(-1, ...mapping.map((line) => line.key)) + 1;
  return { key, source: "", field: "" };
}
