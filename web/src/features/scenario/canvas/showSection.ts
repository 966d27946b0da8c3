// What of a section is in view at first.
import {
  type Edge as FlowEdge,
  getViewportForBounds,
  type ReactFlowInstance,
  type Rect,
} from "@xyflow/react";
import { nodeWidth } from "../graph/size";
import type { CardNode } from "./flow";

const readable = 0.55;
/** How far an arrow that leads back stands off from its nodes. */
const arrowSide = 30;

type Shown = Pick<ReactFlowInstance<CardNode>, "setViewport">;
type Size = { width: number; height: number };

/** The whole section; where that would be too small to read, what a run passed, or the beginning. */
export async function showSection(flow: Shown, nodes: CardNode[], edges: FlowEdge[], box: Size) {
  const passed = nodes.filter(({ data }) => data.mark !== undefined);
  const shown = passed.length > 0 ? passed : nodes;
  const first = shown.find(({ data }) => data.node.type === "start") ?? shown[0];
  if (!first || box.width === 0) return;
  for (const some of [nodes, shown]) {
    const area = withArrows(frameOf(some), between(edges, some));
    const whole = getViewportForBounds(area, box.width, box.height, 0.2, 1, 0.12);
    if (whole.zoom >= readable) return void (await flow.setViewport(whole));
  }
  const { x, y } = first.position;
  await flow.setViewport({ x: 24 - x * 0.8, y: 80 - y * 0.8, zoom: 0.8 });
}

/** By the sizes that cards are drawn in: at first nothing is measured yet. */
function frameOf(nodes: CardNode[]): Rect {
  const x = Math.min(...nodes.map(({ position }) => position.x));
  const y = Math.min(...nodes.map(({ position }) => position.y));
  const right = Math.max(...nodes.map(({ position }) => position.x + nodeWidth));
  const bottom = Math.max(...nodes.map(({ position, data }) => position.y + data.height));
  return { x, y, width: right - x, height: bottom - y };
}

function between(edges: FlowEdge[], nodes: CardNode[]): FlowEdge[] {
  const ids = new Set(nodes.map(({ id }) => id));
  return edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
}

/** Arrows that lead back leave the nodes' frame: below them, and on either side. */
function withArrows(frame: Rect, edges: FlowEdge[]): Rect {
  const lows = edges.map(({ data }) => data?.below).filter((low) => typeof low === "number");
  if (lows.length === 0) return frame;
  const bottom = Math.max(frame.y + frame.height, ...lows) + 8;
  return {
    x: frame.x - arrowSide,
    y: frame.y,
    width: frame.width + 2 * arrowSide,
    height: bottom - frame.y,
  };
}
