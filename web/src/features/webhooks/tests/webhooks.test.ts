// Headers as text, and the state of a webhook.
import { expect, test } from "vitest";
import { headersText, parseHeaders } from "../headers";
import type { Webhook } from "../queries";
import { stateOf } from "../WebhookState";

test("headers come back from their text as they went in", () => {
  const headers = { "X-Tenant": "shop", Authorization: "Basic a:b" };
  expect(parseHeaders(headersText(headers))).toEqual(headers);
  expect(parseHeaders("\n  X-A :  1 \n\n")).toEqual({ "X-A": "1" });
});

test("a line without a colon is no header", () => {
  expect(parseHeaders("X-A: 1\nnonsense")).toBeNull();
});

test("what stops a webhook weighs more than what it did before", () => {
  const webhook = { status: "active", failing_since: null, last_success_at: null } as Webhook;
  const at = "2026-05-04T10:00:00Z";
  expect(stateOf(webhook)).toBe("unused");
  expect(stateOf({ ...webhook, last_success_at: at })).toBe("ok");
  expect(stateOf({ ...webhook, last_success_at: at, failing_since: at })).toBe("failing");
  expect(stateOf({ ...webhook, failing_since: at, status: "paused" })).toBe("paused");
  expect(stateOf({ ...webhook, status: "disabled_by_failures" })).toBe("disabled");
});
