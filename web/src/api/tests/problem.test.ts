// Refusals of the server as the interface reads them.
import { describe, expect, it } from "vitest";
import { answer } from "@/testing/render";
import { fieldErrorsOf } from "@/ui/form/useApiForm";
import { ApiError, isTemporary, problemOf } from "../problem";

const taken = {
  type: "urn:connective:problem:alias_taken",
  title: "Conflict",
  status: 409,
  detail: "The alias shop is taken.",
  code: "alias_taken",
  errors: [
    { field: "alias", message: "The alias shop is taken." },
    { field: "languages[1]", message: "There is no such language." },
    { field: "languages[2]", message: "Named twice." },
  ],
  request_id: "r-1",
};

describe("a problem of the API", () => {
  it("keeps code, sentence and request id", () => {
    const error = problemOf(answer(409, taken), taken);
    expect([error.status, error.code, error.message, error.requestId]).toEqual([
      409,
      "alias_taken",
      "The alias shop is taken.",
      "r-1",
    ]);
  });

  it("gives each field of a form its first message, by the root of the path", () => {
    const found = fieldErrorsOf(problemOf(answer(409, taken), taken), ["alias", "languages"]);
    expect(found).toEqual({
      alias: "The alias shop is taken.",
      languages: "There is no such language.",
    });
  });

  it("has a request id and a wait even when a proxy answered instead of the server", () => {
    const headers = { "X-Request-Id": "r-2", "Retry-After": "7" };
    const error = problemOf(answer(503, null, headers), "<html>");
    expect([error.code, error.requestId, error.retryAfter]).toEqual(["unknown", "r-2", 7]);
  });

  it("is temporary for the network and for 5xx, never for a refusal", () => {
    const errors = [0, 503, 409, 401].map((status) => new ApiError(status, {}));
    expect(errors.map(isTemporary)).toEqual([true, true, false, false]);
  });
});
