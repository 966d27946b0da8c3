// The editor in the app's colours; light and dark follow the page's tokens.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const look = EditorView.theme({
  "&": {
    height: "100%",
    border: "1px solid var(--c-border)",
    borderRadius: "6px",
    background: "var(--c-bg)",
    color: "var(--c-text)",
    fontSize: "12.5px",
  },
  // The editor names itself focused some 10 ms late; the browser's own answer is at once.
  "&:focus-within, &.cm-focused": {
    outline: "2px solid var(--c-accent)",
    outlineOffset: "-1px",
  },
  ".cm-scroller": { fontFamily: "var(--mantine-font-family-monospace)", lineHeight: "1.55" },
  ".cm-gutters": {
    background: "var(--c-bg-subtle)",
    border: "none",
    borderRight: "1px solid var(--c-border)",
    color: "var(--c-text-3)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { background: "var(--c-bg-hover)" },
  ".cm-cursor": { borderLeftColor: "var(--c-text)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--c-accent) 25%, transparent) !important",
  },
  ".cm-tooltip, .cm-panels": {
    background: "var(--c-bg-raised)",
    border: "1px solid var(--c-border)",
    color: "var(--c-text)",
  },
  ".cm-foldPlaceholder": {
    background: "var(--c-idle-bg)",
    border: "none",
    color: "var(--c-text-2)",
    padding: "0 4px",
  },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--c-accent)" },
  { tag: tags.string, color: "var(--c-ok)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--c-warn)" },
  { tag: [tags.punctuation, tags.bracket], color: "var(--c-text-2)" },
  { tag: tags.comment, color: "var(--c-text-3)", fontStyle: "italic" },
  { tag: tags.invalid, color: "var(--c-bad)" },
]);

export const editorTheme = [look, syntaxHighlighting(colours)];
