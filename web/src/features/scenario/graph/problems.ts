// Findings of the check, by node and by line.
import type { EditorMark } from "@/ui/editor/CodeEditor";
import type { Graph } from "./document";
import { rangeOf } from "./locate";

type Level = "error" | "warning";
export type Finding = {
  level: Level;
  code: string;
  message: string;
  nodeId: number | null;
  path: string | null;
};

type Entry = { code: string; message: string; node_id?: number | null; path?: string | null };

export function toFindings(level: Level, entries: Entry[]): Finding[] {
  return entries.map(({ code, message, node_id, path }) => ({
    level,
    code,
    message,
    nodeId: node_id ?? null,
    path: path ?? null,
  }));
}

export function byNode(findings: Finding[]): Map<number, Finding[]> {
  const named = findings.filter((finding) => finding.nodeId !== null);
  return Map.groupBy(named, (finding) => finding.nodeId as number);
}

export function worst(findings: Finding[] | undefined): Level | null {
  if (!findings?.length) return null;
  return findings.some(({ level }) => level === "error") ? "error" : "warning";
}

/** A finding about a node may name it without a path; then the node itself is marked. */
function pathOf(finding: Finding, graph: Graph | null): string | null {
  if (finding.path) return finding.path;
  const index = graph?.nodes.findIndex(({ id }) => id === finding.nodeId) ?? -1;
  return index < 0 ? null : `nodes[${index}]`;
}

export function marksOf(text: string, findings: Finding[], graph: Graph | null): EditorMark[] {
  return findings.flatMap((finding) => {
    const path = pathOf(finding, graph);
    const range = path === null ? null : rangeOf(text, path);
    if (!range) return [];
    // A whole block underlined would hide what matters: its first line is enough.
    const line = text.indexOf("\n", range.from);
    const to = line < 0 ? range.to : Math.min(range.to, line);
    return [{ from: range.from, to, message: finding.message, level: finding.level }];
  });
}

/** The same findings with paths inside the node, for an editor that holds only this node. */
export function insideNode(findings: Finding[], graph: Graph, nodeId: number): Finding[] {
  const index = graph.nodes.findIndex(({ id }) => id === nodeId);
  const prefix = `nodes[${index}]`;
  return findings
    .filter((finding) => finding.nodeId === nodeId)
    .map((finding) => ({
      ...finding,
      path: finding.path?.startsWith(prefix)
        ? finding.path.slice(prefix.length).replace(/^\./, "")
        : finding.path,
    }));
}
