// One node as JSON: what is well formed goes into the draft as it is typed.
import { Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeEditor } from "@/ui/editor/CodeEditor";
import type { Graph, GraphNode } from "../graph/document";
import { replaceNode } from "../graph/edits";
import { type Finding, insideNode, marksOf } from "../graph/problems";

type Props = {
  graph: Graph;
  node: GraphNode;
  findings: Finding[];
  onSelect: (id: number | null) => void;
  onChange: (graph: Graph) => void;
};

function asNode(text: string): GraphNode | null {
  try {
    const value = JSON.parse(text) as GraphNode;
    return Number.isInteger(value?.id) && typeof value.type === "string" ? value : null;
  } catch {
    return null;
  }
}

export function NodeJson({ graph, node, findings, onSelect, onChange }: Props) {
  const { t } = useTranslation("scenario");
  const [text, setText] = useState(() => JSON.stringify(node, null, 2));
  const [fault, setFault] = useState<string | null>(null);
  const marks = useMemo(
    () => marksOf(text, insideNode(findings, graph, node.id), null),
    [text, findings, graph, node.id],
  );

  const edit = (next: string) => {
    setText(next);
    const value = asNode(next);
    const taken =
      value !== null && value.id !== node.id && graph.nodes.some(({ id }) => id === value.id);
    setFault(value === null ? t("json.notANode") : taken ? t("json.idTaken", value) : null);
    if (value === null || taken) return;
    onChange(replaceNode(graph, node.id, value));
    if (value.id !== node.id) onSelect(value.id);
  };

  return (
    <>
      <CodeEditor
        value={text}
        onChange={edit}
        label={t("inspector.json")}
        marks={marks}
        height="min(60vh, 560px)"
      />
      {fault && (
        <Text size="xs" c="red" role="alert">
          {fault}
        </Text>
      )}
    </>
  );
}
