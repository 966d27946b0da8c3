// The chosen node: its options, its ways out and its findings; its JSON can be edited.
import { ActionIcon, Button, SegmentedControl, Text, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AddUtm, EntryLinks, OutgoingTags } from "@/features/links";
import { Icon } from "@/ui/Icon";
import { JsonView } from "@/ui/JsonView";
import { isKind, kindOf } from "../canvas/kinds";
import { aliasesOf, type Data, findNode, type Graph, type GraphNode } from "../graph/document";
import { isDeletable, replaceNode, withOptions } from "../graph/edits";
import { portsOf } from "../graph/ports";
import { type Finding, insideNode } from "../graph/problems";
import { usePortName } from "../usePortName";
import { ActionForm } from "./ActionForm";
import { ActionOptions } from "./ActionOptions";
import { EntryOffer } from "./EntryOffer";
import { FindingList } from "./FindingList";
import { NodeJson } from "./NodeJson";
import classes from "./Panels.module.css";
import { isRequest, RequestTest } from "./RequestTest";

type Props = {
  /** Not of an older version: its addresses lead to the published one. */
  botId?: number;
  graph: Graph;
  node: GraphNode;
  language: string;
  findings: Finding[];
  onSelect: (id: number | null) => void;
  onDelete?: () => void;
  onChange?: (graph: Graph) => void;
};

export function Inspector(props: Props) {
  const { node, findings, onSelect, onDelete, onChange } = props;
  const { t } = useTranslation(["scenario", "ui", "common"]);
  const [view, setView] = useState("view");
  const kindName = isKind(node.type) ? t(`kinds.${node.type}`) : node.type;
  const editing = view === "json" && onChange;
  const setData = (data: Data) => onChange?.(replaceNode(props.graph, node.id, { ...node, data }));

  return (
    <aside className={classes.panel} aria-label={t("inspector.title")}>
      <header className={classes.head}>
        <Icon name={kindOf(node.type).icon} />
        <div className={classes.headText}>
          <h2>{node.name || kindName}</h2>
          <span>
            {kindName} · #{node.id}
          </span>
        </div>
        {onDelete && isDeletable(node) && (
          <Tooltip label={t("inspector.delete")}>
            <ActionIcon aria-label={t("inspector.delete")} onClick={onDelete}>
              <Icon name="trash" />
            </ActionIcon>
          </Tooltip>
        )}
        <ActionIcon aria-label={t("ui:close")} onClick={() => onSelect(null)}>
          <Icon name="close" />
        </ActionIcon>
      </header>
      {onChange && (
        <div className={classes.switch}>
          <SegmentedControl
            size="xs"
            fullWidth
            value={view}
            onChange={setView}
            aria-label={t("inspector.title")}
            data={[
              { value: "view", label: t("inspector.view") },
              ...(node.type === "action" ? [{ value: "form", label: t("inspector.form") }] : []),
              { value: "json", label: t("inspector.json") },
            ]}
          />
        </div>
      )}
      <div className={classes.body}>
        {findings.length > 0 && (
          <FindingList findings={insideNode(findings, props.graph, node.id)} />
        )}
        {onChange && node.type === "action" && isRequest(node.data ?? {}) && (
          <RequestTest graph={props.graph} data={node.data ?? {}} onChange={setData} />
        )}
        {editing ? (
          <NodeJson key={node.id} {...props} onChange={onChange} />
        ) : view === "form" && onChange && node.type === "action" ? (
          <ActionForm
            key={node.id}
            data={node.data ?? {}}
            aliases={aliasesOf(props.graph)}
            onChange={setData}
          />
        ) : (
          <View {...props} />
        )}
      </div>
    </aside>
  );
}

/** Kinds of blocks that say something to the client. */
const speaks = new Set(["message", "keyboard", "wait"]);

function View({ botId, graph, node, language, onSelect, onChange }: Props) {
  const { t } = useTranslation("scenario");
  const data = node.data ?? {};
  return (
    <>
      {node.type !== "action" && <h3>{t("inspector.options")}</h3>}
      {node.type === "action" ? (
        <ActionOptions data={data} />
      ) : Object.keys(data).length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("inspector.noOptions")}
        </Text>
      ) : (
        <JsonView key={node.id} value={data} open={3} label={t("inspector.options")} />
      )}
      {node.type === "entry" && botId && <EntryLinks botId={botId} nodeId={node.id} />}
      {node.type === "entry" && onChange && (
        <EntryOffer
          key={node.id}
          node={node}
          onChange={(next) => onChange(replaceNode(graph, node.id, next))}
        />
      )}
      {speaks.has(node.type) && onChange && (
        <OutgoingTags
          value={data.add_utm as AddUtm | undefined}
          onChange={(add_utm) =>
            onChange(replaceNode(graph, node.id, { ...node, data: withOptions(data, { add_utm }) }))
          }
        />
      )}
      <Ways graph={graph} node={node} language={language} onSelect={onSelect} />
    </>
  );
}

type WaysProps = Pick<Props, "graph" | "node" | "language" | "onSelect">;

function Ways({ graph, node, language, onSelect }: WaysProps) {
  const { t } = useTranslation("scenario");
  const nameOf = usePortName();
  const edges = graph.edges ?? [];
  const ports = portsOf(node, edges, language);
  const sources = edges.filter(({ to_node }) => to_node === node.id);
  const portOf = (from: number, id: string) => {
    const source = findNode(graph, from);
    const found = source && portsOf(source, edges, language).find((one) => one.id === id);
    return found ?? { id, label: null };
  };
  const link = (id: number) => {
    const other = findNode(graph, id);
    return (
      <Button size="compact-sm" variant="subtle" onClick={() => onSelect(id)}>
        {other?.name || (other && isKind(other.type) ? t(`kinds.${other.type}`) : "")} #{id}
      </Button>
    );
  };
  return (
    <>
      {ports.length > 0 && <h3>{t("inspector.ways")}</h3>}
      <ul className={classes.ways}>
        {ports.map((port) => {
          const edge = edges.find((one) => one.from_node === node.id && one.from_port === port.id);
          return (
            <li key={port.id}>
              <span>{nameOf(port)}</span>
              {edge ? link(edge.to_node) : <em>{t("inspector.nowhere")}</em>}
            </li>
          );
        })}
      </ul>
      {sources.length > 0 && <h3>{t("inspector.sources")}</h3>}
      <ul className={classes.ways}>
        {sources.map(({ from_node, from_port }) => (
          <li key={`${from_node}:${from_port}`}>
            {link(from_node)}
            <em>{nameOf(portOf(from_node, from_port))}</em>
          </li>
        ))}
      </ul>
    </>
  );
}
