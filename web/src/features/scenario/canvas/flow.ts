// A section of the document as React Flow's nodes and edges.
import { type Edge as FlowEdge, type Node as FlowNode, MarkerType } from "@xyflow/react";
import { type Edge, findNode, type Graph, type GraphNode, nodesOf } from "../graph/document";
import { portsOf } from "../graph/ports";
import type { Finding } from "../graph/problems";
import { heightOf, nodeWidth } from "../graph/size";
import type { CardData, Mark } from "./NodeCard";

export type CardNode = FlowNode<CardData>;

export type Look = {
  language: string;
  findings: Map<number, Finding[]>;
  marks: Map<number, Mark>;
  passes: Map<number, number[]>;
  /** "from:port" of the arrows that a run took. */
  taken: Set<string>;
  connectable: boolean;
};

function edgeId({ from_node, from_port, to_node }: Edge): string {
  return `${from_node}:${from_port}>${to_node}`;
}

export function toFlowNodes(graph: Graph, sectionId: number, look: Look): CardNode[] {
  const edges = graph.edges ?? [];
  return nodesOf(graph, sectionId).map((node) => ({
    id: String(node.id),
    type: "card",
    position: { x: node.x ?? 0, y: node.y ?? 0 },
    ariaLabel: `${node.name ?? ""} #${node.id}`,
    data: {
      node,
      ports: portsOf(node, edges, look.language),
      height: heightOf(node, edges, look.language),
      wired: new Set(
        edges.filter(({ from_node }) => from_node === node.id).map(({ from_port }) => from_port),
      ),
      language: look.language,
      findings: look.findings.get(node.id),
      mark: look.marks.get(node.id),
      passes: look.passes.get(node.id),
      connectable: look.connectable,
    },
  }));
}

/** Below both ends of an arrow that does not lead to the right; undefined for one that does. */
function belowOf(graph: Graph, { from_node, to_node }: Edge, language: string): number | undefined {
  const ends = [findNode(graph, from_node), findNode(graph, to_node)];
  const [from, to] = ends;
  if (!from || !to || (to.x ?? 0) > (from.x ?? 0) + nodeWidth) return undefined;
  const bottomOf = (node: GraphNode) => (node.y ?? 0) + heightOf(node, graph.edges ?? [], language);
  const between = nodesOf(graph, from.section_id)
    .filter(({ x = 0 }) => x + nodeWidth > (to.x ?? 0) && x < (from.x ?? 0) + nodeWidth)
    .sort((one, other) => (one.y ?? 0) - (other.y ?? 0));
  let below = Math.max(bottomOf(from), bottomOf(to)) + 20;
  for (const node of between) {
    if ((node.y ?? 0) - 10 < below && below < bottomOf(node) + 10) below = bottomOf(node) + 20;
  }
  return below;
}

export function toFlowEdges(graph: Graph, sectionId: number, look: Look): FlowEdge[] {
  const here = new Set(nodesOf(graph, sectionId).map(({ id }) => id));
  return (graph.edges ?? [])
    .filter(({ from_node, to_node }) => here.has(from_node) && here.has(to_node))
    .map((edge) => {
      const isTaken = look.taken.has(`${edge.from_node}:${edge.from_port}`);
      const below = belowOf(graph, edge, look.language);
      return {
        id: edgeId(edge),
        ariaLabel: `#${edge.from_node} → #${edge.to_node}`,
        type: below === undefined ? undefined : "back",
        source: String(edge.from_node),
        sourceHandle: edge.from_port,
        target: String(edge.to_node),
        className: isTaken ? "taken" : undefined,
        markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14 },
        data: { edge, below },
      };
    });
}

export const plainLook: Look = {
  language: "",
  findings: new Map(),
  marks: new Map(),
  passes: new Map(),
  taken: new Set(),
  connectable: false,
};
