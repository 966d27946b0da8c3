// CodeMirror with JSON, marks at given places, and the app's colours.
import { closeBrackets } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json, jsonParseLinter } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { type Diagnostic, linter, lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { useEffect, useRef } from "react";
import { editorTheme } from "./editorTheme";

/** A message at a place of the text, in characters from its start. */
export type EditorMark = { from: number; to: number; message: string; level: "error" | "warning" };

export type EditorProps = {
  value: string;
  onChange?: (value: string) => void;
  label: string;
  language?: "json" | "text";
  readOnly?: boolean;
  marks?: EditorMark[];
  /** CSS length; without it the editor grows with its text. */
  height?: number | string;
};

const shared: Extension[] = [
  lineNumbers(),
  foldGutter(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  lintGutter(),
  EditorView.lineWrapping,
  // Escape then Tab leaves the editor, as in CodeMirror's own accessibility advice.
  keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...foldKeymap, indentWithTab]),
  editorTheme,
];

function languageOf(language: EditorProps["language"]): Extension[] {
  return language === "json" ? [json(), linter(jsonParseLinter())] : [];
}

function toDiagnostics(marks: EditorMark[], length: number): Diagnostic[] {
  return marks.map((mark) => ({
    from: Math.min(mark.from, length),
    to: Math.min(mark.to, length),
    severity: mark.level,
    message: mark.message,
  }));
}

export default function CodeMirrorEditor(props: EditorProps) {
  const { value, label, language = "json", readOnly = false, marks, height } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const writable = useRef(new Compartment());
  const onChange = useRef(props.onChange);
  onChange.current = props.onChange;
  const first = useRef({ value, readOnly });

  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({
      parent: host.current,
      doc: first.current.value,
      extensions: [
        ...shared,
        ...languageOf(language),
        writable.current.of(EditorState.readOnly.of(first.current.readOnly)),
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange.current?.(update.state.doc.toString());
        }),
      ],
    });
    view.current = editor;
    return () => editor.destroy();
  }, [language, label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const state = EditorState.readOnly.of(readOnly);
    view.current?.dispatch({ effects: writable.current.reconfigure(state) });
  }, [readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !marks) return;
    const found = toDiagnostics(marks, editor.state.doc.length);
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [marks]);

  return <div ref={host} style={{ height, overflow: "auto" }} data-editor />;
}
