// The colours that people give to topics, tags and statuses, by the names that are stored.
export const palette = [
  "gray",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "violet",
  "pink",
] as const;

type ColorName = (typeof palette)[number];

function isColorName(color: string): color is ColorName {
  return (palette as readonly string[]).includes(color);
}

/** What CSS makes of a stored colour; an own hex value of another system is taken as it is. */
export function cssColor(color: string | null | undefined): string {
  if (color && isColorName(color)) return `var(--c-mark-${color})`;
  return color && /^#[\da-f]{3,8}$/i.test(color) ? color : "var(--c-mark-gray)";
}
