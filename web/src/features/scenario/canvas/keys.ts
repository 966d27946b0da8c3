// Which node lies next in the direction of an arrow key.
import type { GraphNode } from "../graph/document";

export type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

const ways: Record<Direction, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function isDirection(key: string): key is Direction {
  return key in ways;
}

export function wayOf(direction: Direction): [number, number] {
  return ways[direction];
}

/** The nearest one ahead; what lies aside counts double. */
export function neighbour(
  nodes: GraphNode[],
  from: GraphNode,
  direction: Direction,
): GraphNode | undefined {
  const [right, down] = ways[direction];
  const ranked = nodes
    .filter(({ id }) => id !== from.id)
    .map((node) => {
      const dx = (node.x ?? 0) - (from.x ?? 0);
      const dy = (node.y ?? 0) - (from.y ?? 0);
      const ahead = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      return { node, ahead, cost: ahead + aside * 2 };
    })
    .filter(({ ahead }) => ahead > 0)
    .sort((a, b) => a.cost - b.cost);
  return ranked[0]?.node;
}
