// The code and JSON editor, loaded when first shown.
import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { EditorProps } from "./CodeMirrorEditor";

const CodeMirrorEditor = lazy(() => import("./CodeMirrorEditor"));

export function CodeEditor(props: EditorProps) {
  const waiting = <Skeleton height={props.height ?? 240} radius="sm" />;
  return (
    <Suspense fallback={waiting}>
      <CodeMirrorEditor {...props} />
    </Suspense>
  );
}

export type { EditorMark } from "./CodeMirrorEditor";
