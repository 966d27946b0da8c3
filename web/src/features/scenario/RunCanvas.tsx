// The scenario with the way of one run drawn on it.
import { SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBot } from "@/features/bots";
import { Canvas } from "./canvas/Canvas";
import { plainLook } from "./canvas/flow";
import type { Mark } from "./canvas/NodeCard";
import { knowLanguages } from "./graph/actionPorts";
import { findNode, type Graph, isGraph } from "./graph/document";
import { prepare } from "./graph/prepare";
import { useVersion, useVersions } from "./queries";
import classes from "./Scenario.module.css";
import { useActions } from "./useActions";

/** One node passed by the run, in order. */
export type Pass = { nodeId: number; port: string | null; failed: boolean };

/** The document that a run went by, when the history still has its version. */
export function useRunGraph(
  botId: number,
  versionId: number | null,
  language: string,
): Graph | null {
  const versions = useVersions(botId);
  const number = versions.rows.find(({ id }) => id === versionId)?.number ?? null;
  const stored = useVersion(botId, number).data?.data.graph;
  const { isLoading } = useActions();
  const bot = useBot(botId);
  const languages = bot.data?.data.languages;
  return useMemo(() => {
    if (isLoading || !languages || !isGraph(stored)) return null;
    knowLanguages(languages);
    return prepare(stored, language);
  }, [isLoading, languages, stored, language]);
}

type Props = { graph: Graph; language: string; passes: Pass[] };

export function RunCanvas({ graph, language, passes }: Props) {
  const { t } = useTranslation("scenario");
  const [chosen, setChosen] = useState<number | null>(null);
  const [section, setSection] = useState<number | null>(null);
  const look = useMemo(() => {
    const marks = new Map<number, Mark>();
    const order = new Map<number, number[]>();
    passes.forEach(({ nodeId, failed }, index) => {
      if (marks.get(nodeId) !== "failed") marks.set(nodeId, failed ? "failed" : "passed");
      order.set(nodeId, [...(order.get(nodeId) ?? []), index + 1]);
    });
    const taken = new Set(passes.map(({ nodeId, port }) => `${nodeId}:${port}`));
    return { ...plainLook, language, marks, passes: order, taken };
  }, [passes, language]);

  const first = findNode(graph, passes[0]?.nodeId ?? null);
  const sectionId = section ?? first?.section_id ?? graph.sections[0]?.id ?? 0;
  return (
    <>
      {graph.sections.length > 1 && (
        <SegmentedControl
          size="xs"
          className={classes.runSections}
          aria-label={t("sections")}
          value={String(sectionId)}
          onChange={(id) => setSection(Number(id))}
          data={graph.sections.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      )}
      <div className={classes.run}>
        <Canvas
          graph={graph}
          sectionId={sectionId}
          look={look}
          label={t("run.canvas")}
          selectedId={chosen}
          onSelect={setChosen}
          minimap={false}
        />
      </div>
    </>
  );
}
