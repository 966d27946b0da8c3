// A document as it is opened: keys in the order people write them, nodes beside one another.
import { type Edge, type Graph, type GraphNode, nodesOf } from "./document";
import { moveNodes } from "./edits";
import { hasStacked, layoutSection } from "./layout";

/** The named keys first, then whatever else there is. */
function inOrder<T extends object>(value: T, keys: (keyof T)[]): T {
  const first = keys.filter((key) => key in value).map((key) => [key, value[key]]);
  return { ...Object.fromEntries(first), ...value } as T;
}

// The server keeps the document without an order of keys.
function ordered(graph: Graph): Graph {
  const nodeKeys: (keyof GraphNode)[] = ["id", "section_id", "type", "name", "x", "y", "data"];
  const edgeKeys: (keyof Edge)[] = ["from_node", "from_port", "to_node"];
  return inOrder(
    {
      ...graph,
      sections: graph.sections.map((section) => inOrder(section, ["id", "name", "is_start"])),
      nodes: graph.nodes.map((node) => inOrder(node, nodeKeys)),
      edges: (graph.edges ?? []).map((edge) => inOrder(edge, edgeKeys)),
    },
    ["format", "format_version", "sections", "nodes", "edges", "constants"],
  );
}

/** A document made elsewhere may hold no places: its nodes would lie on one another. */
export function prepare(graph: Graph, language: string): Graph {
  return graph.sections
    .filter(({ id }) => hasStacked(nodesOf(graph, id)))
    .reduce((next, { id }) => moveNodes(next, layoutSection(next, id, language)), ordered(graph));
}
