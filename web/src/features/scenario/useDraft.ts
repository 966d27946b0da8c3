// The open draft: edits with undo, saved by itself a moment after the last one.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ApiError, isTemporary } from "@/api/problem";
import type { Graph } from "./graph/document";
import { type History, record, redo, startHistory, undo } from "./graph/history";
import { prepare } from "./graph/prepare";
import { type Finding, toFindings } from "./graph/problems";
import { type Loaded, loadScenario, saveDraft, validateGraph } from "./queries";

export type SaveState = "saved" | "dirty" | "saving" | "refused" | "waiting" | "conflict";

const pauseMs = 1_200;
const retryMs = 5_000;
const mergeMs = 1_500;

export type Draft = ReturnType<typeof useDraft>;

export function useDraft(botId: number, loaded: Loaded, mayEdit: boolean, language: string) {
  const opened = useMemo(() => prepare(loaded.graph, language), [loaded.graph, language]);
  const [history, setHistory] = useState<History<Graph>>(() => startHistory(opened));
  const [state, setState] = useState<SaveState>("saved");
  const [findings, setFindings] = useState<Finding[] | null>(null);
  const [theirs, setTheirs] = useState<Loaded | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const rev = useRef(loaded.rev);
  const saved = useRef(opened);
  const lastEdit = useRef({ at: 0, merge: "" });
  const busy = useRef(false);
  const graph = history.present;

  const check = useCallback(
    async (document: Graph) => {
      try {
        const { errors, warnings } = await validateGraph(botId, document);
        setFindings([...toFindings("error", errors), ...toFindings("warning", warnings)]);
      } catch (error) {
        setFailure(error);
      }
    },
    [botId],
  );

  const onRefusal = useCallback(
    async (error: unknown) => {
      if (error instanceof ApiError && error.status === 409) {
        setState("conflict");
        const fresh = await loadScenario(botId).catch(() => null);
        setTheirs(fresh && { ...fresh, graph: prepare(fresh.graph, language) });
      } else if (error instanceof ApiError && error.status === 422) {
        setState("refused");
        setFindings(toFindings("error", error.errors.map(asEntry)));
      } else {
        setFailure(error);
        setState(isTemporary(error) ? "waiting" : "refused");
      }
    },
    [botId, language],
  );

  const save = useCallback(
    async (document: Graph): Promise<boolean> => {
      if (busy.current) return false;
      busy.current = true;
      setState("saving");
      try {
        rev.current = (await saveDraft(botId, rev.current, document)).rev;
        saved.current = document;
        setFailure(null);
        setState("saved");
        void check(document);
        return true;
      } catch (error) {
        await onRefusal(error);
        return false;
      } finally {
        busy.current = false;
      }
    },
    [botId, check, onRefusal],
  );

  // Not a dependency: a refusal waits for the next edit, a lost connection for the next try.
  const latest = useRef({ state });
  latest.current = { state };
  useEffect(() => {
    if (!mayEdit || latest.current.state === "conflict") return;
    if (graph === saved.current) {
      // Undo has led back to what is stored.
      setState((before) => (before === "saving" ? before : "saved"));
      return;
    }
    setState("dirty");
    const timer = setTimeout(() => void save(graph), pauseMs);
    return () => clearTimeout(timer);
  }, [graph, mayEdit, save]);

  useEffect(() => {
    const stale = state === "saved" && graph !== saved.current;
    if (state !== "waiting" && !stale) return;
    const timer = setTimeout(() => void save(graph), stale ? pauseMs : retryMs);
    return () => clearTimeout(timer);
  }, [state, graph, save]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the opened draft is checked once
  useEffect(() => void check(opened), []);

  /** Changes with the same `merge` in quick succession are one step of undo. */
  const change = useCallback((next: Graph, merge = "") => {
    const now = Date.now();
    const joins = merge !== "" && merge === lastEdit.current.merge;
    const soon = now - lastEdit.current.at < mergeMs;
    lastEdit.current = { at: now, merge };
    setHistory((before) => record(before, next, joins && soon));
  }, []);

  const reset = useCallback(
    (fresh: Loaded) => {
      rev.current = fresh.rev;
      const document = prepare(fresh.graph, language);
      saved.current = document;
      setHistory(startHistory(document));
      setTheirs(null);
      setFailure(null);
      setState("saved");
      void check(document);
    },
    [check, language],
  );

  const reload = useCallback(async () => {
    const fresh = await loadScenario(botId);
    reset(fresh);
    return fresh;
  }, [botId, reset]);

  /** Writes this draft over the one that somebody else saved meanwhile. */
  const keepMine = useCallback(async () => {
    rev.current = theirs?.rev ?? (await loadScenario(botId)).rev;
    setTheirs(null);
    await save(graph);
  }, [botId, graph, save, theirs]);

  return {
    graph,
    rev,
    state,
    failure,
    theirs,
    findings,
    setFindings,
    change,
    reload,
    keepMine,
    save: () => (graph === saved.current ? Promise.resolve(state !== "conflict") : save(graph)),
    check: () => check(graph),
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    isUnsaved: mayEdit && state !== "saved",
  };
}

/** The refused write names places in its body; the document stands there under `graph`. */
function asEntry({ field, code, message, node_id, path }: ApiError["errors"][number]) {
  return {
    code: code ?? "",
    message,
    node_id,
    path: path ?? field.replace(/^graph\.?/, ""),
  };
}
