// What of the document is in view: section, node and tab, kept in the address.
import { useMemo } from "react";
import { findNode, type Graph, sectionsInOrder } from "./graph/document";
import type { View } from "./view";

export function useView(graph: Graph, { search, onSearch }: View) {
  const node = findNode(graph, search.node ? Number(search.node) : null) ?? null;
  const asked = Number(search.section);
  const known = graph.sections.some(({ id }) => id === asked);
  const sectionId = node?.section_id ?? (known ? asked : (sectionsInOrder(graph)[0]?.id ?? 0));
  return useMemo(
    () => ({
      node,
      sectionId,
      tab: search.tab === "json" ? "json" : "canvas",
      showTab: (tab: string) => onSearch({ tab: tab === "json" ? "json" : undefined }),
      showSection: (id: number) => onSearch({ section: String(id), node: undefined }),
      select: (id: number | null) => {
        const target = findNode(graph, id);
        onSearch({
          node: target ? String(target.id) : undefined,
          section: String(target?.section_id ?? sectionId),
        });
      },
      /** From a list to the node on the canvas. */
      open: (id: number) => {
        const target = findNode(graph, id);
        if (!target) return;
        onSearch({ tab: undefined, node: String(id), section: String(target.section_id) });
      },
    }),
    [graph, node, sectionId, search.tab, onSearch],
  );
}
