// The canvas by keyboard: arrows go from node to node, Enter opens, Delete removes.
import { useReactFlow } from "@xyflow/react";
import type { KeyboardEvent, RefObject } from "react";
import { findNode, type GraphNode, nodesOf } from "../graph/document";
import { moveNodes } from "../graph/edits";
import { nodeWidth } from "../graph/size";
import { type Direction, isDirection, neighbour, wayOf } from "./keys";
import type { CanvasProps } from "./props";

const stride = 20;

type Input = CanvasProps & { wrapper: RefObject<HTMLElement | null>; remove: () => void };

export function useCanvasKeys(input: Input) {
  const { graph, sectionId, selectedId, onSelect, onOpen, onChange, wrapper, remove } = input;
  const flow = useReactFlow();

  const focus = (id: number) => {
    onSelect(id);
    const query = `.react-flow__node[data-id="${id}"]`;
    wrapper.current?.querySelector<HTMLElement>(query)?.focus({ preventScroll: true });
    const node = findNode(graph, id);
    if (node) {
      void flow.setCenter((node.x ?? 0) + nodeWidth / 2, (node.y ?? 0) + 60, {
        zoom: Math.max(flow.getZoom(), 0.6),
        duration: 150,
      });
    }
  };

  const goOn = (node: GraphNode, direction: Direction, moves: boolean) => {
    const [right, down] = wayOf(direction);
    if (moves && onChange) {
      const place = { x: (node.x ?? 0) + right * stride, y: (node.y ?? 0) + down * stride };
      onChange(moveNodes(graph, [{ id: node.id, ...place }]));
      return;
    }
    const next = neighbour(nodesOf(graph, sectionId), node, direction);
    if (next) focus(next.id);
  };

  return (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (target.closest("input, textarea, button")) return;
    const focused = target.closest<HTMLElement>(".react-flow__node")?.dataset.id;
    const node = findNode(graph, focused ? Number(focused) : selectedId);
    const { key } = event;
    if (onChange && ["Delete", "Backspace"].includes(key)) remove();
    else if (node && key === "Enter") {
      onSelect(node.id);
      onOpen?.(node.id);
    } else if (node && isDirection(key)) goOn(node, key, event.altKey);
    else return;
    event.preventDefault();
  };
}
