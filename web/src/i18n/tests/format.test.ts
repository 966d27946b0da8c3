// Dates and numbers as people in each language write them.
import { describe, expect, it } from "vitest";
import { makeFormat } from "../format";
import { currentZone, setZone } from "../zone";

const moment = "2026-11-22T22:30:00.000Z";
const en = makeFormat("en", "Europe/Kyiv");
const uk = makeFormat("uk", "Europe/Kyiv");

describe("formats", () => {
  it("shows a moment in the user's zone, not in the browser's", () => {
    expect(en.date(moment)).toBe("23 Nov 2026");
    expect(makeFormat("en", "America/New_York").time(moment)).toBe("17:30");
  });

  it("writes numbers and relative times by the language", () => {
    const now = Date.parse(moment);
    expect([en.number(12345.6), uk.number(12345.6)]).toEqual(["12,345.6", "12\u00a0345,6"]);
    expect(uk.relative(now - 2 * 86_400_000, now)).toBe("позавчора");
    expect(en.relative(now - 3 * 60_000, now)).toBe("3 minutes ago");
    expect(en.relative(now - 4_000, now)).toBe("now");
  });

  it("chooses the unit of a duration by its size", () => {
    const shown = [12, 2_500, 90_000, 7_200_000].map(en.duration);
    expect(shown).toEqual(["12 ms", "2.5 sec", "1.5 min", "2 hr"]);
  });

  it("writes sizes of files", () => {
    expect([en.bytes(0), en.bytes(1_500), en.bytes(20_000_000)]).toEqual([
      "0 B",
      "1.5 KB",
      "20 MB",
    ]);
  });
});

it("falls back to the browser's zone when the profile's is unknown", () => {
  const browser = currentZone();
  setZone("Mars/Olympus");
  expect(currentZone()).toBe(browser);
  setZone("Europe/Kyiv");
  expect(currentZone()).toBe("Europe/Kyiv");
  setZone(null);
});
