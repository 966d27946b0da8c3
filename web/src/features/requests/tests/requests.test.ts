// The command of a logged request, and filters that came with an address.
import { expect, test } from "vitest";
import { toneOf } from "../AnswerStatus";
import { curlOf } from "../curlOf";
import { toQuery } from "../queries";

const call = {
  direction: "in",
  method: "POST",
  url: "/kw/api/call_node/18/3?name=Ann",
  request_headers: {
    host: "bot.example",
    authorization: "***",
    "content-type": "application/json",
    "content-length": "21",
  },
  request_body: `{"name": "O'Hara"}`,
};

test("a command repeats the request, with quotes that a shell understands", () => {
  expect(curlOf(call, "https://bot.example")).toBe(
    [
      "curl -X POST 'https://bot.example/kw/api/call_node/18/3?name=Ann'",
      "-H 'authorization: ***'",
      "-H 'content-type: application/json'",
      `--data-raw '{"name": "O'\\''Hara"}'`,
    ].join(" \\\n  "),
  );
});

test("a request that went out keeps its own address", () => {
  const out = { ...call, direction: "out", method: "GET", url: "https://crm.example/x" };
  const command = curlOf({ ...out, request_headers: {}, request_body: "" }, "https://bot.example");
  expect(command).toBe("curl 'https://crm.example/x'");
});

test("words of an address that mean nothing are no filters", () => {
  expect(toQuery({ direction: "up", status: "4xx", bot_id: "x", key_id: "7" })).toEqual({
    direction: undefined,
    source: undefined,
    status: "4xx",
    bot_id: undefined,
    key_id: 7,
    path: undefined,
  });
});

test("an answer that did not come is as bad as an error", () => {
  expect([200, 302, 404, 503, null].map(toneOf)).toEqual(["ok", "info", "warn", "bad", "bad"]);
});
