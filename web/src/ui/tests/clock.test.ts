// How running time is written, and what becomes of stored colours.
import { expect, test } from "vitest";
import { cssColor } from "../color/palette";
import { running } from "../time/clock";

const second = 1000;
const hour = 3600 * second;

test("running time grows from seconds to days and never jumps in width within an hour", () => {
  expect(running(7 * second, "d")).toBe("0:07");
  expect(running(725 * second, "d")).toBe("12:05");
  expect(running(hour + 153 * second, "d")).toBe("1:02:33");
  expect(running(51 * hour + 12 * 60 * second, "d")).toBe("2d 03:12");
});

test("a clock that is ahead of the server's shows nothing negative", () => {
  expect(running(-5 * second, "d")).toBe("0:00");
});

test("a named colour follows the theme, an own one is kept, nonsense is grey", () => {
  expect(cssColor("red")).toBe("var(--c-mark-red)");
  expect(cssColor("#ff8800")).toBe("#ff8800");
  expect(cssColor("url(x)")).toBe("var(--c-mark-gray)");
  expect(cssColor("")).toBe("var(--c-mark-gray)");
});
