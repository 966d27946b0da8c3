// The canvas, loaded when first shown.
import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { CanvasProps } from "./props";

const GraphCanvas = lazy(() => import("./GraphCanvas"));

export function Canvas(props: CanvasProps) {
  return (
    <Suspense fallback={<Skeleton height="100%" mih={320} radius={0} />}>
      <GraphCanvas {...props} />
    </Suspense>
  );
}
