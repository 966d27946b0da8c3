// The way from a click in an answer to a mapping of the block.
import { describe, expect, it } from "vitest";
import { keeping, nameFor, pathOf, whole, withMapping } from "../mapping";

describe("a path", () => {
  it("names keys by dots and places of lists by numbers", () => {
    expect(pathOf(["data", "items", 0, "id"])).toBe("data.items[0].id");
    expect(pathOf([0, "ccy"])).toBe("[0].ccy");
    expect(pathOf([])).toBe("$");
  });

  it("quotes a key that it could not hold", () => {
    expect(pathOf(["a.b", "c"])).toBe('["a.b"].c');
    expect(pathOf(["x", "$ref"])).toBe('x["$ref"]');
  });
});

describe("a variable", () => {
  it("has the name of the last key, made fit and free", () => {
    expect(nameFor(["order", "total price"], [])).toBe("total_price");
    expect(nameFor(["items", 0], ["items"])).toBe("items_2");
    expect(nameFor(["2nd"], [])).toBe("_2nd");
    expect(nameFor([], [])).toBe("response");
  });
});

describe("a click in the answer", () => {
  // proves INT-07 (part: click to map)
  it("adds a mapping and keeps those that are there", () => {
    const before = { url: "https://crm.example", response_mapping: { id: "order_id" } };
    const { values, name } = withMapping(before, ["client", "id"]);
    expect(name).toBe("id");
    expect(values.response_mapping).toEqual({ id: "order_id", "client.id": "id" });
    expect(before.response_mapping).toEqual({ id: "order_id" });
  });

  it("changes nothing where the place is mapped already", () => {
    const before = { response_mapping: { id: "order_id" } };
    expect(withMapping(before, ["id"])).toEqual({ values: before, name: "order_id" });
  });
});

describe("a test", () => {
  it("keeps the answer where the author does, else in a variable of its own", () => {
    expect(keeping({ save_responce: "raw" })).toEqual({
      values: { save_responce: "raw" },
      kept: "raw",
    });
    expect(keeping({}).kept).toBe(whole);
  });
});
