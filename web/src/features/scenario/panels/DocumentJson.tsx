// The whole document as JSON; what can be drawn goes into the draft as it is typed.
import { Text } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeEditor } from "@/ui/editor/CodeEditor";
import { type Graph, isGraph } from "../graph/document";
import { type Finding, marksOf } from "../graph/problems";
import classes from "./DocumentJson.module.css";

type Props = { graph: Graph; findings: Finding[]; onChange?: (graph: Graph) => void };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function DocumentJson({ graph, findings, onChange }: Props) {
  const { t } = useTranslation("scenario");
  const [text, setText] = useState(() => JSON.stringify(graph, null, 2));
  const own = useRef(graph);
  const marks = useMemo(() => marksOf(text, findings, graph), [text, findings, graph]);
  const value = useMemo(() => parsed(text), [text]);
  const fault =
    value === undefined ? t("json.notJson") : isGraph(value) ? null : t("json.notADocument");

  // Undo and changes of the canvas arrive from outside; one's own typing is not written again.
  useEffect(() => {
    if (graph === own.current) return;
    own.current = graph;
    setText(JSON.stringify(graph, null, 2));
  }, [graph]);

  const edit = (next: string) => {
    setText(next);
    const document = parsed(next);
    if (!isGraph(document) || JSON.stringify(document) === JSON.stringify(own.current)) return;
    own.current = document;
    onChange?.(document);
  };

  return (
    <div className={classes.editor}>
      <CodeEditor
        value={text}
        onChange={edit}
        label={t("json.document")}
        readOnly={!onChange}
        marks={marks}
        height="100%"
      />
      {fault && (
        <Text size="xs" c="red" role="alert">
          {fault} {t("json.notSaved")}
        </Text>
      )}
    </div>
  );
}
