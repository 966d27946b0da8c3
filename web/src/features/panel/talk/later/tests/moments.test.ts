// Moments for sending later are by the clock of the writer's zone, whatever the browser's is.
import { expect, test } from "vitest";
import { minuteOf, momentAt } from "../../../logic/zone";
import { momentsAfter } from "../moments";

const at = (now: string, zone: string) =>
  Object.fromEntries(
    momentsAfter(Date.parse(now), zone).map(({ name, at }) => [name, at.toISOString()]),
  );

// proves OP-18 (part: scheduled and delayed)
test("presets are an hour, the evening, tomorrow morning and Monday morning in the zone", () => {
  expect(at("2026-05-06T08:00:00Z", "Europe/Kyiv")).toEqual({
    hour: "2026-05-06T09:00:00.000Z",
    evening: "2026-05-06T15:00:00.000Z",
    tomorrow: "2026-05-07T06:00:00.000Z",
    monday: "2026-05-11T06:00:00.000Z",
  });
});

test("an evening that is near or over is not offered, nor a Monday that is tomorrow", () => {
  expect(Object.keys(at("2026-05-06T14:30:00Z", "Europe/Kyiv"))).not.toContain("evening");
  expect(Object.keys(at("2026-05-10T08:00:00Z", "Europe/Kyiv"))).not.toContain("monday");
  expect(at("2026-05-11T08:00:00Z", "Europe/Kyiv").monday).toBe("2026-05-18T06:00:00.000Z");
});

test("a minute of a zone is a moment and back, also on the day when clocks change", () => {
  for (const minute of ["2026-03-29T09:00", "2026-10-25T09:00", "2026-05-06T23:59"]) {
    const moment = momentAt(minute, "Europe/Kyiv");
    expect(minuteOf(moment.getTime(), "Europe/Kyiv")).toBe(minute);
  }
  expect(momentAt("2026-03-29T09:00", "Europe/Kyiv").toISOString()).toBe(
    "2026-03-29T06:00:00.000Z",
  );
});
