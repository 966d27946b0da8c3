// Where the bars of a chart stand, in a picture 100 high and one wide for each day.
export type Series = { name: string; color: string; values: number[] };
export type Bar = { series: number; x: number; width: number; y: number; height: number };

const height = 100;
const gap = 0.2;
/** Anything that happened is seen, however much more happened on another day. */
const least = 2;

/** The bars of one day, side by side. */
export function barsOf(series: Series[], day: number): Bar[] {
  const most = Math.max(1, ...series.flatMap(({ values }) => values));
  const width = (1 - gap) / series.length;
  return series.flatMap(({ values }, at) => {
    const value = values[day] ?? 0;
    const tall = value > 0 ? Math.max(least, (value / most) * height) : 0;
    const bar = {
      series: at,
      x: day + gap / 2 + at * width,
      width,
      y: height - tall,
      height: tall,
    };
    return tall > 0 ? [bar] : [];
  });
}
