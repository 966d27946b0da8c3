// What a node says or does, in a line or two.
import { actionName } from "./actionPorts";
import { type Data, type GraphNode, listOf, textOf } from "./document";

const operators: Record<string, string> = {
  eq: "=",
  ne: "!=",
  gt: ">",
  gte: ">=",
  lt: "<",
  lte: "<=",
  matches: "~",
};

function short(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function conditionText({ left, op, right }: Data): string {
  const sign = operators[String(op)] ?? String(op).replaceAll("_", " ");
  return [short(left), sign, short(right)].filter(Boolean).join(" ");
}

function routerText(data: Data): string {
  return listOf(data.rules)
    .map((rule) => {
      const joint = rule.logic === "or" ? " | " : " & ";
      return `${rule.port}: ${listOf(rule.conditions).map(conditionText).join(joint)}`;
    })
    .join("\n");
}

function actionText(data: Data): string {
  const values = (data.values ?? {}) as Data;
  const name = actionName(data);
  if (values.url) return `${short(values.method) || "GET"} ${short(values.url)}`;
  const shown = Object.entries(values).map(([key, value]) => `${key}: ${short(value)}`);
  return shown.length ? shown.join("\n") : name;
}

function exitText(data: Data): string {
  if (data.target === "return") return "‹";
  return `› ${data.target === "alias" ? short(data.alias) : `#${short(data.node_id)}`}`;
}

function triggersText(data: Data, language: string): string {
  return listOf(data.triggers)
    .map((trigger) => textOf(trigger.value, language) || String(trigger.type))
    .join(", ");
}

export function previewOf(node: GraphNode, language: string): string {
  const data = node.data ?? {};
  switch (node.type) {
    case "start":
      return triggersText(data, language);
    case "router":
      return routerText(data);
    case "action":
      return actionText(data);
    case "exit":
      return exitText(data);
    case "entry":
      return short(data.alias);
    case "operator":
      return short(((data.values ?? {}) as Data).subject_alias);
    default:
      return textOf(data.text, language);
  }
}

/** The second line of a node's head: which action it is, what is kept where. */
export function detailOf(node: GraphNode): string {
  const data = node.data ?? {};
  if (node.type === "action") return actionName(data);
  return typeof data.save_to === "string" && data.save_to ? `{{${data.save_to}}}` : "";
}

/** All that a search for a node looks through. */
export function searchTextOf(node: GraphNode): string {
  return [`#${node.id}`, node.name, node.type, JSON.stringify(node.data ?? {})]
    .join(" ")
    .toLowerCase();
}
