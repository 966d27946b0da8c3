// Bars stand in their day, as high as their share of the largest.
import { describe, expect, it } from "vitest";
import { barsOf } from "../bars";

const series = [
  { name: "clicks", color: "", values: [0, 200, 1] },
  { name: "starts", color: "", values: [0, 100, 0] },
];

describe("the bars of a day", () => {
  it("are none where nothing happened", () => {
    expect(barsOf(series, 0)).toEqual([]);
  });

  it("stand side by side within it, the largest over the whole height", () => {
    const [clicks, starts] = barsOf(series, 1);
    expect(clicks).toMatchObject({ series: 0, x: 1.1, y: 0, height: 100 });
    expect(starts).toMatchObject({ series: 1, y: 50, height: 50 });
    expect((starts?.x ?? 0) + (starts?.width ?? 0)).toBeCloseTo(1.9);
  });

  it("are seen even where little happened", () => {
    expect(barsOf(series, 2)).toMatchObject([{ series: 0, height: 2 }]);
  });
});
