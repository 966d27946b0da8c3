// Operations of a document are found by words.
import { expect, test } from "vitest";
import { searched } from "../operations";

const operations = [
  { id: "GET /orders/{id}", summary: "One order", tag: "orders" },
  { id: "POST /orders", summary: "A new order", tag: "orders" },
  { id: "GET /people", summary: "", tag: null },
].map((one) => ({ method: "", path: "", deprecated: false, config: {}, ...one }));

// proves INT-07 (part: OpenAPI import)
test.each([
  ["", 3],
  ["get", 2],
  ["ORDER new", 1],
  ["orders get", 1],
  ["invoices", 0],
])("%j finds %i operations", (wanted, count) => {
  expect(searched(operations, wanted)).toHaveLength(count);
});
