// Above the canvas: sections, steps back and forth, layout, search.
import { ActionIcon, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "@/ui/Icon";
import { type Graph, type GraphNode, nodesOf, sectionsInOrder } from "./graph/document";
import { type Finding, worst } from "./graph/problems";
import { NodeSearch } from "./panels/NodeSearch";
import classes from "./Scenario.module.css";

type Props = {
  graph: Graph;
  sectionId: number;
  language: string;
  findings: Map<number, Finding[]>;
  onSection: (id: number) => void;
  onFind: (node: GraphNode) => void;
  children?: ReactNode;
};

export function Toolbar(props: Props) {
  const { graph, sectionId, language, findings, onSection, onFind, children } = props;
  const { t } = useTranslation("scenario");
  return (
    <div className={classes.toolbar}>
      <div className={classes.sections} role="tablist" aria-label={t("sections")}>
        {sectionsInOrder(graph).map((section) => {
          const nodes = nodesOf(graph, section.id);
          const level = worst(nodes.flatMap(({ id }) => findings.get(id) ?? []));
          return (
            <button
              key={section.id}
              type="button"
              role="tab"
              aria-selected={section.id === sectionId}
              className={classes.section}
              onClick={() => onSection(section.id)}
            >
              {section.is_start && <Icon name="play" size={12} label={t("startSection")} />}
              {section.name}
              <span className={classes.count}>{nodes.length}</span>
              {level && (
                <span className={classes.dot} data-level={level}>
                  <span className="visually-hidden">{t(`problems.${level}`)}</span>
                </span>
              )}
            </button>
          );
        })}
      </div>
      <div className={classes.tools}>
        {children}
        <NodeSearch graph={graph} language={language} onFind={onFind} />
      </div>
    </div>
  );
}

type ToolProps = { icon: IconName; label: string; disabled?: boolean; onClick: () => void };

export function Tool({ icon, label, disabled, onClick }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={disabled} onClick={onClick}>
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}
