// The open draft: edits with undo, stored by itself, and what the check finds in it.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { ApiError } from "@/api/problem";
import { DraftSaver, type SaveState } from "./draftSaver";
import type { Graph } from "./graph/document";
import { depth, type History, record, redo, startHistory, undo } from "./graph/history";
import { prepare } from "./graph/prepare";
import { type Finding, toFindings } from "./graph/problems";
import { type Loaded, loadScenario, saveDraft, validateGraph } from "./queries";

export type { SaveState };

const mergeMs = 1_500;

export type Draft = ReturnType<typeof useDraft>;

export function useDraft(botId: number, loaded: Loaded, mayEdit: boolean, language: string) {
  const { findings, setFindings, check } = useFindings(botId);
  const read = useCallback(async () => {
    const fresh = await loadScenario(botId);
    return { ...fresh, graph: prepare(fresh.graph, language) };
  }, [botId, language]);
  const [{ saver, opened }] = useState(() => {
    const opened = prepare(loaded.graph, language);
    const write = (rev: number, graph: Graph) => saveDraft(botId, rev, graph);
    const saver = new DraftSaver(
      { rev: loaded.rev, graph: opened },
      { write, read, onSaved: check },
    );
    return { saver, opened };
  });
  const [history, setHistory] = useState<History<Graph>>(() => startHistory(opened));
  const { state, failure, theirs } = useSyncExternalStore(saver.subscribe, saver.current);
  const lastEdit = useRef({ at: 0, merge: "" });
  const graph = history.present;

  useEffect(() => {
    if (mayEdit) saver.edit(graph);
  }, [graph, mayEdit, saver]);
  useEffect(() => () => saver.stop(), [saver]);
  useEffect(() => void check(opened), [check, opened]);
  useEffect(() => {
    if (state === "refused") setFindings((before) => refusalsOf(failure) ?? before);
  }, [state, failure, setFindings]);

  /** Changes with the same `merge` in quick succession are one step of undo. */
  const change = useCallback((next: Graph, merge = "") => {
    const now = Date.now();
    const joins = merge !== "" && merge === lastEdit.current.merge;
    const soon = now - lastEdit.current.at < mergeMs;
    lastEdit.current = { at: now, merge };
    setHistory((before) => record(before, next, joins && soon));
  }, []);

  /** The server's draft is shown; what was open before is one step of undo away. */
  const take = useCallback(
    (fresh: Loaded) => {
      saver.take(fresh);
      lastEdit.current = { at: 0, merge: "" };
      setHistory((before) => record(before, fresh.graph));
      void check(fresh.graph);
    },
    [saver, check],
  );

  const takeTheirs = async () => take(theirs ?? (await read()));

  /** What was written over is one step of undo away, too. */
  const keepMine = async () => {
    const { graph: over } = await saver.overwrite();
    setHistory((before) => ({ ...before, past: [...before.past, over].slice(-depth) }));
  };

  /** `action` changes the stored draft; gives what is stored then, if that could be read. */
  const replaceBy = (action: () => Promise<unknown>): Promise<Loaded | null> =>
    saver.alone(async () => {
      await action();
      try {
        const fresh = await read();
        take(fresh);
        return fresh;
      } catch (error) {
        saver.lose(error);
        return null;
      }
    });

  return {
    graph,
    state,
    failure,
    theirs,
    findings,
    setFindings,
    change,
    takeTheirs,
    replaceBy,
    keepMine,
    alone: <T>(action: (rev: number) => Promise<T>) => saver.alone(action),
    save: saver.settle,
    check: () => check(graph),
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    isUnsaved: mayEdit && state !== "saved",
  };
}

/** What the check says about the document that was checked last. */
function useFindings(botId: number) {
  const [findings, setFindings] = useState<Finding[] | null>(null);
  const asked = useRef(0);
  const check = useCallback(
    async (document: Graph) => {
      asked.current += 1;
      const turn = asked.current;
      const answer = await validateGraph(botId, document).catch(() => null);
      if (!answer || turn !== asked.current) return;
      const { errors, warnings } = answer;
      setFindings([...toFindings("error", errors), ...toFindings("warning", warnings)]);
    },
    [botId],
  );
  return { findings, setFindings, check };
}

/** The refused write names places in its body; the document stands there under `graph`. */
function refusalsOf(failure: unknown): Finding[] | null {
  if (!(failure instanceof ApiError) || failure.status !== 422) return null;
  const entries = failure.errors.map(({ field, code, message, node_id, path }) => ({
    code: code ?? "",
    message,
    node_id,
    path: path ?? field.replace(/^graph\.?/, ""),
  }));
  return toFindings("error", entries);
}
