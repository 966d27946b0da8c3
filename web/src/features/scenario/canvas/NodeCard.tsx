// One node on the canvas: kind, name, what it says, and its ways out.
import { Tooltip } from "@mantine/core";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { actionOf } from "../graph/actionPorts";
import type { GraphNode } from "../graph/document";
import { isTarget, type Port } from "../graph/ports";
import { detailOf, previewOf } from "../graph/preview";
import { type Finding, worst } from "../graph/problems";
import { nodeWidth } from "../graph/size";
import { useAction } from "../useActions";
import { usePortName } from "../usePortName";
import { isKind, kindOf } from "./kinds";
import classes from "./NodeCard.module.css";

export type Mark = "passed" | "failed" | "added" | "changed" | "removed";

export type CardData = {
  node: GraphNode;
  ports: Port[];
  wired: Set<string>;
  height: number;
  language: string;
  findings: Finding[] | undefined;
  mark: Mark | undefined;
  /** Numbers of the steps that passed here, in a view of a run. */
  passes: number[] | undefined;
  connectable: boolean;
  [key: string]: unknown;
};

export const NodeCard = memo(function NodeCard({ data, selected }: NodeProps) {
  const card = data as CardData;
  const { t } = useTranslation("scenario");
  const { node, findings } = card;
  const kind = kindOf(node.type);
  const kindName = isKind(node.type) ? t(`kinds.${node.type}`) : node.type;
  const preview = previewOf(node, card.language);
  const action = useAction(actionOf(node));
  const detail = action?.title ?? detailOf(node);

  return (
    <div
      className={classes.card}
      style={{ width: nodeWidth }}
      data-hue={kind.hue}
      data-kind={node.type}
      data-selected={selected || undefined}
      data-level={worst(findings) ?? undefined}
      data-mark={card.mark}
    >
      {isTarget(node) && (
        <Handle
          type="target"
          position={Position.Left}
          className={classes.target}
          isConnectable={card.connectable}
        />
      )}
      <div className={classes.head}>
        <span className={classes.icon}>
          <Icon name={kind.icon} size={14} />
        </span>
        <span className={classes.titles}>
          <span className={classes.name}>{node.name || kindName}</span>
          <span className={classes.sub}>
            {detail || (node.name ? kindName : "")} <span>#{node.id}</span>
          </span>
        </span>
        <Badges findings={findings} passes={card.passes} />
      </div>
      {preview && <div className={classes.preview}>{preview}</div>}
      {card.ports.length > 0 && (
        <ul className={classes.ports}>
          {card.ports.map((port) => (
            <PortRow
              key={port.id}
              port={port}
              isWired={card.wired.has(port.id)}
              connectable={card.connectable}
            />
          ))}
        </ul>
      )}
    </div>
  );
});

type RowProps = { port: Port; isWired: boolean; connectable: boolean };

function PortRow({ port, isWired, connectable }: RowProps) {
  const nameOf = usePortName();
  const name = nameOf(port);
  return (
    <li className={classes.port} data-spare={port.spare || undefined} data-wired={isWired}>
      <span title={name}>{name}</span>
      <Handle
        id={port.id}
        type="source"
        position={Position.Right}
        className={classes.source}
        isConnectable={connectable}
      />
    </li>
  );
}

type BadgesProps = { findings: Finding[] | undefined; passes: number[] | undefined };

function Badges({ findings, passes }: BadgesProps) {
  const { t } = useTranslation("scenario");
  const level = worst(findings);
  return (
    <>
      {passes && passes.length > 0 && (
        <span className={classes.passes} title={t("run.stepNumbers")}>
          {passes.slice(0, 3).join(", ")}
          {passes.length > 3 && "…"}
        </span>
      )}
      {level && findings && (
        <Tooltip label={findings.map(({ message }) => message).join("\n")}>
          <span className={classes.problems} data-level={level}>
            <Icon name="alert" size={12} label={t(`problems.${level}`)} />
            {findings.length}
          </span>
        </Tooltip>
      )}
    </>
  );
}
