// Which constants of the bot a block is tried with.
import { describe, expect, it } from "vitest";
import { constantsIn } from "../constants";

const graph = {
  format: "scenario" as const,
  format_version: 1 as const,
  sections: [],
  nodes: [],
  constants: [
    { key: "api", values: { en: "https://shop.example", uk: "https://shop.example/uk" } },
    { key: "api_key", values: { en: "hidden" }, secret: true },
    { key: "unused", values: { en: "x" } },
  ],
};

describe("sample variables of a block", () => {
  it("are the constants that it names, in their first language, and no secrets", () => {
    const data = { values: { url: "{{ api|raw }}/orders", headers: { key: "{{api_key}}" } } };
    expect(constantsIn(graph, data)).toEqual({ api: "https://shop.example" });
  });

  it("are none where it names none", () => {
    expect(constantsIn({ ...graph, constants: undefined }, {})).toEqual({});
  });
});
