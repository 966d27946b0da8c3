// An arrow that leads back: it goes round below the nodes instead of behind them.
import { BaseEdge, type EdgeProps, getSmoothStepPath } from "@xyflow/react";

export function BackEdge({ data, markerEnd, ...ends }: EdgeProps) {
  const [path] = getSmoothStepPath({
    ...ends,
    centerY: typeof data?.below === "number" ? data.below : undefined,
    borderRadius: 12,
    offset: 22,
  });
  return <BaseEdge path={path} markerEnd={markerEnd} />;
}
