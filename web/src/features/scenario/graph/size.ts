// How big a node is drawn; the layout and the card share these numbers.
import type { Edge, GraphNode } from "./document";
import { portsOf } from "./ports";
import { previewOf } from "./preview";

export const nodeWidth = 204;
const headHeight = 44;
const previewHeight = 50;
const portHeight = 24;

export function heightOf(node: GraphNode, edges: Edge[], language: string): number {
  const preview = previewOf(node, language) ? previewHeight : 0;
  return headHeight + preview + portsOf(node, edges, language).length * portHeight + 10;
}
