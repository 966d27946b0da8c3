// The button that sites put into their pages. proves INT-09 (part: the button drawn)
// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";

const file = resolve(process.cwd(), "../src/connective/modules/links/subscribe.js");
const source = readFileSync(file, "utf8");
const whole = { telegram: "AbC12345", viber: "QwE67890" };

function drawn(attributes: Record<string, string>, search = ""): HTMLElement {
  window.history.replaceState(null, "", `/shop${search}`);
  const place = document.createElement("div");
  place.setAttribute("data-connective-subscribe", "");
  for (const [name, value] of Object.entries(attributes)) place.setAttribute(name, value);
  document.body.append(place);
  new Function(source)();
  return place;
}

const anchors = (place: HTMLElement) => [...place.querySelectorAll("a")];

describe("the subscribe button", () => {
  beforeEach(() => document.body.replaceChildren());

  it("leads to the page of each messenger's link with who asks and what he was shown", () => {
    const place = drawn({
      "data-links": JSON.stringify(whole),
      "data-external-id": "C9 & co",
      "data-text": "Get news",
      "data-title": "Follow",
    });
    expect(anchors(place).map(({ textContent }) => textContent)).toEqual(["Telegram", "Viber"]);
    const first = new URL(anchors(place)[0]?.href ?? "");
    expect(first.pathname).toBe("/l/AbC12345");
    expect(first.searchParams.get("external_id")).toBe("C9 & co");
    expect(first.searchParams.get("text")).toBe("Get news");
    expect(place.textContent).toContain("Follow");
  });

  it("takes the campaign of the page along and nothing else of its address", () => {
    const place = drawn(
      { "data-links": JSON.stringify(whole) },
      "?utm_source=mail&token=secret&utm_source=later&gclid=1",
    );
    const { searchParams } = new URL(anchors(place)[0]?.href ?? "");
    expect(Object.fromEntries(searchParams)).toEqual({ utm_source: "mail", gclid: "1" });
  });

  it("writes what a page gives it as text, never as markup", () => {
    const place = drawn({
      "data-links": JSON.stringify(whole),
      "data-title": "<img src=x onerror=alert(1)>",
    });
    expect(place.querySelector("img")).toBeNull();
  });

  it("draws nothing for links that are none", () => {
    for (const links of ["{", "null", '{"telegram":"../../evil"}', "{}"]) {
      expect(anchors(drawn({ "data-links": links }))).toEqual([]);
    }
  });

  it("draws again what a page changes later", () => {
    const place = drawn({ "data-links": "{}" });
    place.setAttribute("data-links", JSON.stringify(whole));
    (window as unknown as { ConnectiveSubscribe: { draw: () => void } }).ConnectiveSubscribe.draw();
    expect(anchors(place)).toHaveLength(2);
  });
});
