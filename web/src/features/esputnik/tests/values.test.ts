// The values of the form as the server takes them.
import { describe, expect, it } from "vitest";
import type { Esputnik } from "../queries";
import { changeOf, usualBase, valuesOf } from "../values";

describe("the form of eSputnik", () => {
  it("begins with the usual fields and our number of the client", () => {
    const { mapping } = valuesOf({ esputnik: null });
    expect(mapping.map(({ source, field }) => [source, field])).toContainEqual([
      "client_id",
      "externalCustomerId",
    ]);
  });

  it("keeps a key that is stored, and the usual address out of the change", () => {
    const esputnik = { app_uuid: "u", base_url: usualBase, push_changes: true, mapping: [] };
    const values = valuesOf({ esputnik: esputnik as unknown as Esputnik });
    expect(values.own).toBe(false);
    const change = changeOf(values);
    expect("api_key" in change).toBe(false);
    expect(change).toMatchObject({ base_url: null, push_changes: true, mapping: [] });
    expect(changeOf({ ...values, api_key: "new" }).api_key).toBe("new");
  });
});
