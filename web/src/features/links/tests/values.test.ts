// What becomes of the values that are typed into the builder's form.
import { describe, expect, it } from "vitest";
import { hostOf } from "../values";

describe("a site whose links are tagged", () => {
  it.each([
    ["shop.example", "shop.example"],
    [" HTTPS://Shop.example/sale?x=1#top ", "shop.example"],
    ["http://shop.example:8080/", "shop.example"],
  ])("is known by its host: %s", (typed, host) => {
    expect(hostOf(typed)).toBe(host);
  });
});
