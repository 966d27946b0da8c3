// The canvas or the JSON, with the panel of what is chosen beside it.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useHotkey } from "@/ui/keys/useHotkey";
import { Canvas } from "./canvas/Canvas";
import { plainLook } from "./canvas/flow";
import { EmptyScenario } from "./EmptyScenario";
import { deleteNodes, moveNodes } from "./graph/edits";
import { layoutSection } from "./graph/layout";
import { byNode } from "./graph/problems";
import { DocumentJson } from "./panels/DocumentJson";
import { Inspector } from "./panels/Inspector";
import { ProblemsPanel } from "./panels/ProblemsPanel";
import classes from "./Scenario.module.css";
import { Tool, Toolbar } from "./Toolbar";
import type { Draft } from "./useDraft";
import type { useView } from "./useView";
import type { EditorBot } from "./view";

type Props = {
  draft: Draft;
  view: ReturnType<typeof useView>;
  bot: EditorBot;
  mayEdit: boolean;
  isEmpty: boolean;
  hasDialog: boolean;
  showsProblems: boolean;
  onProblems: (shown: boolean) => void;
};

export function Workspace(props: Props) {
  const { draft, view, bot, mayEdit, isEmpty, showsProblems, onProblems } = props;
  const { t } = useTranslation("scenario");
  const { graph, change, findings } = draft;
  const language = bot.languages[0] ?? "en";
  const nodeFindings = useMemo(() => byNode(findings ?? []), [findings]);
  const look = useMemo(
    () => ({ ...plainLook, language, findings: nodeFindings, connectable: mayEdit }),
    [language, nodeFindings, mayEdit],
  );
  const { node, sectionId } = view;
  const onChange = mayEdit ? change : undefined;
  const layout = () => change(moveNodes(graph, layoutSection(graph, sectionId, language)));

  return (
    <>
      <Toolbar
        graph={graph}
        sectionId={sectionId}
        language={language}
        findings={nodeFindings}
        onSection={view.showSection}
        onFind={(found) => view.open(found.id)}
      >
        {mayEdit && (
          <>
            <Tool icon="undo" label={t("undo")} disabled={!draft.canUndo} onClick={draft.undo} />
            <Tool icon="redo" label={t("redo")} disabled={!draft.canRedo} onClick={draft.redo} />
            <Tool icon="layout" label={t("layout")} onClick={layout} />
            {view.tab === "canvas" && !props.hasDialog && <StepKeys draft={draft} />}
          </>
        )}
      </Toolbar>
      <div className={classes.main}>
        {view.tab === "json" ? (
          <DocumentJson
            graph={graph}
            findings={findings ?? []}
            onChange={onChange ? (next) => onChange(next, "json") : undefined}
          />
        ) : isEmpty ? (
          <EmptyScenario graph={graph} languages={bot.languages} onChange={onChange} />
        ) : (
          <Canvas
            graph={graph}
            sectionId={sectionId}
            look={look}
            label={t("canvas.label")}
            selectedId={node?.id ?? null}
            onSelect={view.select}
            onChange={onChange}
          />
        )}
        {showsProblems && findings ? (
          <ProblemsPanel
            findings={findings}
            onOpen={(id) => {
              onProblems(false);
              view.open(id);
            }}
            onClose={() => onProblems(false)}
          />
        ) : (
          node &&
          view.tab === "canvas" && (
            <Inspector
              botId={bot.id}
              graph={graph}
              node={node}
              language={language}
              findings={nodeFindings.get(node.id) ?? []}
              onSelect={view.select}
              onChange={onChange && ((next) => onChange(next, `node ${node.id}`))}
              onDelete={
                onChange &&
                (() => {
                  onChange(deleteNodes(graph, [node.id]));
                  view.select(null);
                })
              }
            />
          )
        )}
      </div>
    </>
  );
}

/** Bound only while the canvas is what the keys are meant for. */
function StepKeys({ draft }: { draft: Draft }) {
  const { t } = useTranslation("scenario");
  useHotkey("mod+KeyZ", t("undo"), draft.undo);
  useHotkey("mod+shift+KeyZ", t("redo"), draft.redo);
  return null;
}
