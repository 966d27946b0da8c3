// Texts of a form and the values they stand for.
import { describe, expect, it } from "vitest";
import { asNumber, asText, fieldOf, fromJson } from "../panels/actionFields";

describe("a field", () => {
  it("is of the kind its parameter says, but a placeholder is a text", () => {
    expect(fieldOf("integer", 5)).toBe("number");
    expect(fieldOf("object", undefined)).toBe("json");
    expect(fieldOf("boolean", true)).toBe("switch");
    expect(fieldOf("select", "{{method}}")).toBe("text");
    expect(fieldOf("variable", "x")).toBe("text");
    expect(fieldOf("alias", "{{next}}")).toBe("alias");
  });
});

describe("JSON in a field", () => {
  // proves INT-07 (part: form)
  it("is taken once it is whole; placeholders and plain texts are texts", () => {
    expect(fromJson('{"a": 1}')).toEqual({ value: { a: 1 }, isBroken: false });
    expect(fromJson('{"a": ')).toEqual({ value: '{"a": ', isBroken: true });
    expect(fromJson("{{body}}")).toEqual({ value: "{{body}}", isBroken: false });
    expect(fromJson("user:pass")).toEqual({ value: "user:pass", isBroken: false });
    expect(fromJson(" ")).toEqual({ value: undefined, isBroken: false });
  });

  it("is shown as it can be read", () => {
    expect(asText({ a: 1 })).toBe('{\n  "a": 1\n}');
    expect(asText("{{x}}")).toBe("{{x}}");
    expect(asText(undefined)).toBe("");
  });
});

describe("a number", () => {
  it("may be a placeholder", () => {
    expect(asNumber("15")).toBe(15);
    expect(asNumber("-1.5")).toBe(-1.5);
    expect(asNumber("{{limit}}")).toBe("{{limit}}");
    expect(asNumber("  ")).toBeUndefined();
  });
});
