// The kinds of statuses that the server knows.
export const kinds = ["work", "pause", "offline"] as const;
export type Kind = (typeof kinds)[number];

export function kindOf(word: string): Kind {
  return kinds.find((kind) => kind === word) ?? "pause";
}
