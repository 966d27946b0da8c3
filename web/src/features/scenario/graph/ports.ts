// The ways out of a node, in the order they are drawn.
import { actionEvents, actionName } from "./actionPorts";
import { type Data, type Edge, type GraphNode, listOf, textOf } from "./document";

export type Port = {
  id: string;
  /** The author's own words (a button, a rule); other ports are named by the interface. */
  label: string | null;
  /** The action whose branch it is: the catalogue names those. */
  action?: string;
  /** Taken when something fails or nobody answers. */
  spare: boolean;
};

const spare = new Set(["failed", "timeout", "error", "not_ok", "banned", "limit"]);

function port(id: string, label: string | null = null): Port {
  return { id, label, spare: spare.has(id) };
}

function waitPorts(data: Data): Port[] {
  return [
    port("next"),
    ...(data.max_attempts ? [port("failed")] : []),
    ...(data.timeout_s ? [port("timeout")] : []),
  ];
}

const silent = new Set(["open-url", "none", "web_app"]);

function keyboardPorts(data: Data, language: string): Port[] {
  const buttons = listOf(data.buttons)
    .filter((button) => !silent.has(String(button.ActionType ?? "reply")))
    .map((button) => port(String(button.id), textOf(button.text, language) || String(button.id)));
  return [
    ...buttons,
    ...(data.list_var ? [port("item"), port("more")] : []),
    port("else"),
    ...(data.timeout_s ? [port("timeout")] : []),
  ];
}

function routerPorts(data: Data): Port[] {
  const rules = listOf(data.rules).map((rule) => port(String(rule.port), String(rule.port)));
  return [...rules, port("else")];
}

function ownPorts(node: GraphNode, language: string): Port[] {
  const data = node.data ?? {};
  switch (node.type) {
    case "start":
    case "message":
    case "entry":
      return [port("next")];
    case "wait":
      return waitPorts(data);
    case "keyboard":
      return keyboardPorts(data, language);
    case "router":
      return routerPorts(data);
    case "action":
      return actionEvents(data).map((id) => ({ ...port(id), action: actionName(data) }));
    case "operator":
      return ["success", "banned", "limit", "error"].map((id) => port(id));
    default:
      return [];
  }
}

/** Ports of the node's options, then those that only an arrow knows. */
export function portsOf(node: GraphNode, edges: Edge[], language: string): Port[] {
  const known = ownPorts(node, language);
  const unique = known.filter((one, index) => known.findIndex(({ id }) => id === one.id) === index);
  const ids = new Set(unique.map(({ id }) => id));
  const wired = edges
    .filter((edge) => edge.from_node === node.id && !ids.has(edge.from_port))
    .map((edge) => edge.from_port);
  return [...unique, ...[...new Set(wired)].map((id) => port(id))];
}

export function isTarget(node: GraphNode): boolean {
  return !["start", "entry", "note"].includes(node.type);
}
