// What the canvas is given, by whoever draws a document.
import type { ReactNode } from "react";
import type { Graph } from "../graph/document";
import type { Look } from "./flow";

export type CanvasProps = {
  graph: Graph;
  sectionId: number;
  look: Look;
  label: string;
  selectedId: number | null;
  onSelect: (id: number | null) => void;
  /** Enter on a node: go to what can be done with it. */
  onOpen?: (id: number) => void;
  onChange?: (graph: Graph) => void;
  minimap?: boolean;
  children?: ReactNode;
};
