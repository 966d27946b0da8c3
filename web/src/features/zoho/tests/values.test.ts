// The values of the form as the server takes them.
import { describe, expect, it } from "vitest";
import type { Zoho } from "../queries";
import { changeOf, newLine, usualBases, valuesOf } from "../values";

const stored = {
  dc: "eu",
  client_id: "1000.A",
  api_base: "https://www.zohoapis.eu",
  accounts_base: "https://accounts.zoho.eu",
  product_name: null,
  on_close: true,
  module: "Leads",
  mapping: [{ source: "city", field: "City", kind: "text", create: false }],
} as unknown as Zoho;

describe("the form of Zoho CRM", () => {
  it("sends no addresses while those of the data centre serve", () => {
    const change = changeOf({ ...valuesOf(stored), dc: "in" });
    expect(change).toMatchObject({ dc: "in", api_base: null, accounts_base: null });
  });

  it("knows addresses of one's own, and those of Canada", () => {
    expect(valuesOf(stored).own).toBe(false);
    expect(valuesOf({ ...stored, api_base: "http://127.0.0.1:9" }).own).toBe(true);
    expect(usualBases("ca").accounts_base).toBe("https://accounts.zohocloud.ca");
  });

  it("leaves a secret and a name that are empty to the server", () => {
    const values = valuesOf(stored);
    expect(changeOf(values)).toMatchObject({ client_secret: null, product_name: null });
    expect(changeOf({ ...values, product_name: " " }).product_name).toBe(" ");
  });

  it("gives every line of the mapping a key of its own, which stays here", () => {
    const { mapping } = valuesOf(stored);
    expect(newLine(mapping).key).toBe(1);
    expect(changeOf(valuesOf(stored)).mapping).toEqual(stored.mapping);
  });
});
