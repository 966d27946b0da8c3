// The drawing of one section, and the edits that the mouse and the keyboard make on it.
import "@xyflow/react/dist/style.css";
import { useComputedColorScheme } from "@mantine/core";
import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  Controls,
  MiniMap,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Edge, findNode, type Graph } from "../graph/document";
import { connect, deleteNodes, disconnect, moveNodes } from "../graph/edits";
import { BackEdge } from "./BackEdge";
import { type CardNode, toFlowEdges, toFlowNodes } from "./flow";
import classes from "./GraphCanvas.module.css";
import { NodeCard } from "./NodeCard";
import type { CanvasProps } from "./props";
import { showSection } from "./showSection";
import { useCanvasKeys } from "./useCanvasKeys";
import { useRefit } from "./useRefit";

const nodeTypes = { card: NodeCard };
const edgeTypes = { back: BackEdge };
const fit = { padding: 0.15, maxZoom: 1, minZoom: 0.2 };

export default function GraphCanvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow(props: CanvasProps) {
  const { graph, sectionId, look, selectedId, onSelect, onChange } = props;
  const { t } = useTranslation("scenario");
  const scheme = useComputedColorScheme("light");
  const flow = useReactFlow<CardNode>();
  const wrapper = useRef<HTMLElement>(null);
  const spoken = useSpoken();
  const drawn = useMemo(() => toFlowNodes(graph, sectionId, look), [graph, sectionId, look]);
  const [nodes, setNodes] = useState<CardNode[]>(drawn);
  const [edgeChosen, setEdgeChosen] = useState<string | null>(null);
  const edges = useMemo(
    () =>
      toFlowEdges(graph, sectionId, look).map((edge) => ({
        ...edge,
        selected: edge.id === edgeChosen,
      })),
    [graph, sectionId, look, edgeChosen],
  );

  // Sizes that React Flow has measured stay; places and contents come from the document.
  useEffect(() => {
    setNodes((before) => {
      const known = new Map(before.map((node) => [node.id, node]));
      return drawn.map((node) => ({
        ...node,
        measured: known.get(node.id)?.measured,
        selected: node.id === String(selectedId),
      }));
    });
  }, [drawn, selectedId]);

  const show = () => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = wrapper.current ?? {};
    void showSection(flow, drawn, edges, { width, height });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section is shown whole
  useEffect(() => {
    const frame = requestAnimationFrame(show);
    return () => cancelAnimationFrame(frame);
  }, [sectionId]);

  const onMoved = useRefit(sectionId, show);

  const edit = (next: Graph) => onChange?.(next);
  const edgeOf = (id: string | null) =>
    edges.find((edge) => edge.id === id)?.data?.edge as Edge | undefined;
  const remove = () => {
    const edge = edgeOf(edgeChosen);
    if (edge) edit(disconnect(graph, [edge]));
    else if (selectedId !== null) {
      edit(deleteNodes(graph, [selectedId]));
      onSelect(null);
    }
    setEdgeChosen(null);
  };
  const onKeyDown = useCanvasKeys({ ...props, wrapper, remove });

  const onNodesChange = (changes: NodeChange<CardNode>[]) => {
    setNodes((before) => applyNodeChanges(changes, before));
  };
  const onConnect = ({ source, sourceHandle, target }: Connection) => {
    if (!sourceHandle) return;
    const edge = { from_node: Number(source), from_port: sourceHandle, to_node: Number(target) };
    edit(connect(graph, edge));
  };

  return (
    <section
      ref={wrapper}
      className={classes.canvas}
      aria-label={props.label}
      onKeyDown={onKeyDown}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={scheme}
        fitViewOptions={fit}
        onInit={show}
        minZoom={0.1}
        maxZoom={4}
        snapToGrid
        snapGrid={[10, 10]}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        nodesDraggable={onChange !== undefined}
        nodesConnectable={onChange !== undefined}
        edgesFocusable={onChange !== undefined}
        attributionPosition="top-right"
        onNodesChange={onNodesChange}
        onMoveStart={(event) => event && onMoved()}
        onNodeClick={(_event, node) => {
          setEdgeChosen(null);
          onSelect(Number(node.id));
        }}
        onEdgeClick={(_event, edge) => {
          onSelect(null);
          setEdgeChosen(edge.id);
        }}
        onPaneClick={() => {
          setEdgeChosen(null);
          onSelect(null);
        }}
        onNodeDragStop={(_event, _node, dragged) => {
          const places = dragged.map(({ id, position }) => ({ id: Number(id), ...position }));
          const [first] = places;
          const before = findNode(graph, first?.id ?? null);
          if (first && (before?.x !== first.x || before?.y !== first.y)) {
            edit(moveNodes(graph, places));
          }
        }}
        onConnect={onConnect}
        isValidConnection={({ source, target }) => source !== target}
        aria-label={props.label}
        ariaLabelConfig={spoken}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} />
        <Controls showInteractive={false} aria-label={t("canvas.controls")} />
        {props.minimap !== false && (
          <MiniMap pannable zoomable className={classes.minimap} ariaLabel={t("canvas.minimap")} />
        )}
        {props.children}
      </ReactFlow>
    </section>
  );
}

/** What the canvas says to screen readers; its own words are English. */
function useSpoken() {
  const { t } = useTranslation("scenario");
  return useMemo(
    () => ({
      "node.a11yDescription.default": t("canvas.block"),
      "node.a11yDescription.keyboardDisabled": t("canvas.block"),
      "edge.a11yDescription.default": t("canvas.arrow"),
      "controls.ariaLabel": t("canvas.controls"),
      "controls.zoomIn.ariaLabel": t("canvas.zoomIn"),
      "controls.zoomOut.ariaLabel": t("canvas.zoomOut"),
      "controls.fitView.ariaLabel": t("canvas.fit"),
      "minimap.ariaLabel": t("canvas.minimap"),
    }),
    [t],
  );
}
