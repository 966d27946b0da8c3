// The data of a link typed as lines.
import { describe, expect, it } from "vitest";
import { pairsText, parsePairs } from "../pairs";

describe("the data of a link", () => {
  it("comes back as it was typed, texts and objects", () => {
    const data = { city: "Lviv", url: "https://a.example/?x=1", order: { id: 7 } };
    expect(parsePairs(pairsText(data))).toEqual(data);
  });

  it("keeps digits as text, so that an order 007 stays one", () => {
    expect(parsePairs("order: 007\n\n phone :380501112233 ")).toEqual({
      order: "007",
      phone: "380501112233",
    });
  });

  it("is refused when a line has no name", () => {
    expect(parsePairs("just words")).toBeNull();
  });

  it("keeps what only looks like JSON as it stands", () => {
    expect(parsePairs("note: [draft")).toEqual({ note: "[draft" });
  });
});
