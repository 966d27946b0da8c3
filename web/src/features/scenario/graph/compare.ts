// Which nodes of two documents differ, where the server cannot compare: before a save.
import type { Graph, GraphNode } from "./document";

function nameOf(node: GraphNode): string {
  return `${node.name || node.type} #${node.id}`;
}

function arrowsOf(graph: Graph, id: number): string {
  const own = (graph.edges ?? []).filter(({ from_node }) => from_node === id);
  return JSON.stringify(own.map(({ from_port, to_node }) => [from_port, to_node]).sort());
}

/** Names of the nodes that only one side has, or that differ in options, place or arrows. */
export function differingNodes(mine: Graph, theirs: Graph): string[] {
  const other = new Map(theirs.nodes.map((node) => [node.id, node]));
  const own = new Set(mine.nodes.map(({ id }) => id));
  const changed = mine.nodes.filter((node) => {
    const twin = other.get(node.id);
    return (
      twin === undefined ||
      JSON.stringify(twin) !== JSON.stringify(node) ||
      arrowsOf(mine, node.id) !== arrowsOf(theirs, node.id)
    );
  });
  const added = theirs.nodes.filter(({ id }) => !own.has(id));
  return [...changed, ...added].map(nameOf);
}
