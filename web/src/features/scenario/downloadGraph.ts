// Gives the document as a file that the import takes back.
import type { Graph } from "./graph/document";

export function downloadGraph(name: string, graph: Graph): void {
  const blob = new Blob([JSON.stringify(graph, null, 2)], { type: "application/json" });
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name.replace(/[^\p{L}\p{N}_-]+/gu, "-")}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
