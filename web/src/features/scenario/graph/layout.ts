// Places the nodes of a section in columns, from left to right along the arrows.
import { type Edge, type Graph, type GraphNode, nodesOf } from "./document";
import type { Place } from "./edits";
import { heightOf, nodeWidth } from "./size";

const columnGap = 96;
const rowGap = 40;

/** Two nodes at one point cannot both be seen. */
export function hasStacked(nodes: GraphNode[]): boolean {
  const seen = new Set<string>();
  return nodes.some((node) => {
    const point = `${Math.round(node.x ?? 0)}:${Math.round(node.y ?? 0)}`;
    if (seen.has(point)) return true;
    seen.add(point);
    return false;
  });
}

type Links = Map<number, number[]>;

function linksOf(nodes: GraphNode[], edges: Edge[]): { next: Links; before: Links } {
  const next: Links = new Map(nodes.map(({ id }) => [id, []]));
  const before: Links = new Map(nodes.map(({ id }) => [id, []]));
  for (const { from_node, to_node } of edges) {
    if (!next.has(from_node) || !next.has(to_node) || from_node === to_node) continue;
    next.get(from_node)?.push(to_node);
    before.get(to_node)?.push(from_node);
  }
  return { next, before };
}

/** Arrows that close a circle, found by a walk in depth; they do not push a node to the right. */
function backEdges(roots: number[], next: Links): Set<string> {
  const back = new Set<string>();
  const done = new Set<number>();
  const open = new Set<number>();
  for (const root of roots) {
    const stack: [number, number][] = [[root, 0]];
    if (!done.has(root)) open.add(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as [number, number];
      const target = done.has(top[0]) ? undefined : next.get(top[0])?.[top[1]];
      if (target === undefined) {
        done.add(top[0]);
        open.delete(top[0]);
        stack.pop();
        continue;
      }
      top[1] += 1;
      if (open.has(target)) back.add(`${top[0]}>${target}`);
      else if (!done.has(target)) {
        open.add(target);
        stack.push([target, 0]);
      }
    }
  }
  return back;
}

/** The column of each node: one more than the rightmost of those that lead to it. */
function columnsOf(nodes: GraphNode[], next: Links, before: Links): Map<number, number> {
  const rank = ({ id, type }: GraphNode) =>
    type === "start" ? 0 : type === "entry" ? 1 : before.get(id)?.length ? 3 : 2;
  const roots = [...nodes].sort((a, b) => rank(a) - rank(b) || a.id - b.id).map(({ id }) => id);
  const back = backEdges(roots, next);
  const forward = (id: number) =>
    (next.get(id) ?? []).filter((target) => !back.has(`${id}>${target}`));
  const waiting = new Map(roots.map((id) => [id, 0]));
  for (const id of roots) {
    for (const target of forward(id)) waiting.set(target, (waiting.get(target) ?? 0) + 1);
  }
  const column = new Map(roots.map((id) => [id, 0]));
  const ready = roots.filter((id) => waiting.get(id) === 0);
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    for (const target of forward(id)) {
      column.set(target, Math.max(column.get(target) ?? 0, (column.get(id) ?? 0) + 1));
      waiting.set(target, (waiting.get(target) ?? 1) - 1);
      if (waiting.get(target) === 0) ready.push(target);
    }
  }
  return column;
}

/** New places for every node of the section; equal documents give equal places. */
export function layoutSection(graph: Graph, sectionId: number, language: string): Place[] {
  const edges = graph.edges ?? [];
  const all = nodesOf(graph, sectionId);
  const nodes = all.filter(({ type }) => type !== "note");
  const { next, before } = linksOf(nodes, edges);
  const column = columnsOf(nodes, next, before);
  const byColumn = Map.groupBy(nodes, ({ id }) => column.get(id) ?? 0);
  const places = new Map<number, Place>();

  for (const index of [...byColumn.keys()].sort((a, b) => a - b)) {
    const wish = (node: GraphNode) => {
      const sources = (before.get(node.id) ?? []).map((id) => places.get(id)?.y).filter(isNumber);
      return sources.length ? sources.reduce((sum, y) => sum + y, 0) / sources.length : 0;
    };
    const portRank = (node: GraphNode) =>
      edges.findIndex(({ to_node }) => to_node === node.id) + 1 || Number.MAX_SAFE_INTEGER;
    const row = (byColumn.get(index) ?? []).sort(
      (a, b) => wish(a) - wish(b) || portRank(a) - portRank(b) || a.id - b.id,
    );
    let bottom = Number.NEGATIVE_INFINITY;
    for (const node of row) {
      const y = Math.max(wish(node), bottom);
      places.set(node.id, { id: node.id, x: index * (nodeWidth + columnGap), y: Math.round(y) });
      bottom = y + heightOf(node, edges, language) + rowGap;
    }
  }
  return [...places.values(), ...notesBelow(all, places, edges, language)];
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined;
}

function notesBelow(
  all: GraphNode[],
  places: Map<number, Place>,
  edges: Edge[],
  language: string,
): Place[] {
  const bottoms = all.map(
    (node) => (places.get(node.id)?.y ?? 0) + heightOf(node, edges, language),
  );
  const y = Math.max(0, ...bottoms) + rowGap;
  return all
    .filter(({ type }) => type === "note")
    .map(({ id }, index) => ({ id, x: index * (nodeWidth + columnGap), y }));
}
