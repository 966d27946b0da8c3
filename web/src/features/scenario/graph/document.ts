// The scenario document as the draft and every version hold it.

/** A plain text, or one text for each language. */
export type Text = string | Record<string, string>;

export type Data = Record<string, unknown>;
export type GraphNode = {
  id: number;
  section_id: number;
  type: string;
  name?: string;
  x?: number;
  y?: number;
  data?: Data;
};
export type Edge = { from_node: number; from_port: string; to_node: number };
export type Section = { id: number; name: string; is_start?: boolean; order?: number };
export type Graph = {
  format: "scenario";
  format_version: 1;
  sections: Section[];
  nodes: GraphNode[];
  edges?: Edge[];
  constants?: unknown[];
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function areNodes(value: unknown): boolean {
  return Array.isArray(value) && value.every((node) => isRecord(node) && Number.isInteger(node.id));
}

/** Enough of a document to be drawn; the server checks the rest. */
export function isGraph(value: unknown): value is Graph {
  return (
    isRecord(value) &&
    value.format === "scenario" &&
    Array.isArray(value.sections) &&
    value.sections.every(isRecord) &&
    areNodes(value.nodes) &&
    (value.edges === undefined || (Array.isArray(value.edges) && value.edges.every(isRecord)))
  );
}

/** What an export wraps is the same document with more around it. */
export function graphOfFile(value: unknown): Graph | null {
  if (!isGraph(value)) return null;
  const { format, format_version, sections, nodes, edges, constants } = value;
  return {
    format,
    format_version,
    sections,
    nodes,
    edges: edges ?? [],
    constants: constants ?? [],
  };
}

export function sectionsInOrder(graph: Graph): Section[] {
  const rank = ({ is_start, order }: Section) => (is_start ? -1 : (order ?? 0));
  return [...graph.sections].sort((left, right) => rank(left) - rank(right));
}

export function nodesOf(graph: Graph, sectionId: number): GraphNode[] {
  return graph.nodes.filter((node) => node.section_id === sectionId);
}

export function findNode(graph: Graph, id: number | null): GraphNode | undefined {
  return graph.nodes.find((node) => node.id === id);
}

/** The names by which blocks of the scenario are entered, in the order of the alphabet. */
export function aliasesOf(graph: Graph): string[] {
  const named = graph.nodes.flatMap(({ type, data }) =>
    type === "entry" && typeof data?.alias === "string" && data.alias !== "" ? [data.alias] : [],
  );
  return [...new Set(named)].sort();
}

export function isJustStart(graph: Graph): boolean {
  return graph.nodes.every((node) => node.type === "start");
}

/** The text of the first language that has one, the wanted language before all. */
export function textOf(value: unknown, language: string): string {
  if (typeof value === "string") return value;
  if (!isRecord(value)) return "";
  const texts = [value[language], ...Object.values(value)];
  const found = texts.find((text) => typeof text === "string" && text !== "");
  return typeof found === "string" ? found : "";
}

export function listOf(value: unknown): Data[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
