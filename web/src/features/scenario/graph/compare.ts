// Which nodes of two documents differ, where the server cannot compare: before a save.
import type { Graph, GraphNode } from "./document";

/** Equal for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function nameOf(node: GraphNode): string {
  return `${node.name || node.type} #${node.id}`;
}

function arrowsOf(graph: Graph, id: number): string {
  const own = (graph.edges ?? []).filter(({ from_node }) => from_node === id);
  return JSON.stringify(own.map(({ from_port, to_node }) => [from_port, to_node]).sort());
}

/** Whether they hold the same, whatever the order of keys and arrows. */
export function sameDocument(one: Graph, other: Graph): boolean {
  const plain = (graph: Graph) =>
    canonical({
      ...graph,
      edges: (graph.edges ?? []).map(canonical).sort(),
      constants: graph.constants ?? [],
    });
  return plain(one) === plain(other);
}

/** Names of the nodes that only one side has, or that differ in options, place or arrows. */
export function differingNodes(mine: Graph, theirs: Graph): string[] {
  const other = new Map(theirs.nodes.map((node) => [node.id, node]));
  const own = new Set(mine.nodes.map(({ id }) => id));
  const changed = mine.nodes.filter((node) => {
    const twin = other.get(node.id);
    return (
      twin === undefined ||
      canonical(twin) !== canonical(node) ||
      arrowsOf(mine, node.id) !== arrowsOf(theirs, node.id)
    );
  });
  const added = theirs.nodes.filter(({ id }) => !own.has(id));
  return [...changed, ...added].map(nameOf);
}
