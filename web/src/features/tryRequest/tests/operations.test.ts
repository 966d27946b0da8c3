// Operations of a document are found by words.
import { expect, test } from "vitest";
import { searched } from "../operations";
import { isAddress } from "../queries";

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

// proves INT-07 (part: OpenAPI import)
test.each([
  [" https://api.example.com/openapi.json\n", true],
  ["http://127.0.0.1:9000", true],
  ["openapi: 3.1.0\nservers: [{url: https://a.example}]", false],
  ['{"openapi": "3.0.0"}', false],
  ["", false],
])("%j is read where it is published: %s", (given, published) => {
  expect(isAddress(given)).toBe(published);
});
