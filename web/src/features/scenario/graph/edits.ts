// Changes of a document: each gives a new one and leaves the old as it was.
import type { Data, Edge, Graph, GraphNode } from "./document";

export type Place = { id: number; x: number; y: number };

function withEdges(graph: Graph, edges: Edge[]): Graph {
  return { ...graph, edges };
}

export function moveNodes(graph: Graph, places: Place[]): Graph {
  const to = new Map(places.map((place) => [place.id, place]));
  const nodes = graph.nodes.map((node) => {
    const place = to.get(node.id);
    return place ? { ...node, x: Math.round(place.x), y: Math.round(place.y) } : node;
  });
  return { ...graph, nodes };
}

/** A port leads to one node, so a new arrow takes the place of the old one. */
export function connect(graph: Graph, edge: Edge): Graph {
  const others = (graph.edges ?? []).filter(
    ({ from_node, from_port }) => from_node !== edge.from_node || from_port !== edge.from_port,
  );
  return withEdges(graph, [...others, edge]);
}

function sameEdge(left: Edge, right: Edge): boolean {
  return (
    left.from_node === right.from_node &&
    left.from_port === right.from_port &&
    left.to_node === right.to_node
  );
}

export function disconnect(graph: Graph, gone: Edge[]): Graph {
  const kept = (graph.edges ?? []).filter((edge) => !gone.some((one) => sameEdge(one, edge)));
  return withEdges(graph, kept);
}

/** Start cannot be deleted: without it nothing begins. */
export function isDeletable(node: GraphNode): boolean {
  return node.type !== "start";
}

export function deleteNodes(graph: Graph, ids: number[]): Graph {
  const gone = new Set(
    graph.nodes.filter((node) => ids.includes(node.id) && isDeletable(node)).map(({ id }) => id),
  );
  return {
    ...graph,
    nodes: graph.nodes.filter((node) => !gone.has(node.id)),
    edges: (graph.edges ?? []).filter(
      ({ from_node, to_node }) => !gone.has(from_node) && !gone.has(to_node),
    ),
  };
}

/** A node's options with some of them set; what is undefined is taken out. */
export function withOptions(data: Data, options: Data): Data {
  const all = Object.entries({ ...data, ...options });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** Puts an edited node in the place of the old one; its arrows follow a changed id. */
export function replaceNode(graph: Graph, id: number, node: GraphNode): Graph {
  const nodes = graph.nodes.map((one) => (one.id === id ? node : one));
  if (node.id === id) return { ...graph, nodes };
  const renamed = (one: number) => (one === id ? node.id : one);
  const edges = (graph.edges ?? []).map((edge) => ({
    ...edge,
    from_node: renamed(edge.from_node),
    to_node: renamed(edge.to_node),
  }));
  return { ...graph, nodes, edges };
}
