// The branches of actions, as the server's catalogue tells them; without it, those that are drawn.
import type { components } from "@/api/schema";
import { type Data, type GraphNode, listOf } from "./document";

export type ActionTemplate = components["schemas"]["ActionTemplate"];

// Read before a document is opened: the graph's functions are plain and cannot wait for it.
let templates = new Map<string, ActionTemplate>();
let botLanguages: string[] = [];

export function knowActions(items: ActionTemplate[]): void {
  templates = new Map(items.map((item) => [item.id, item]));
}

/** Some actions have a branch for each language of the bot. */
export function knowLanguages(languages: string[]): void {
  botLanguages = languages;
}

/** The action's name without the prefix that documents may give it. */
export function actionName(data: Data): string {
  return String(data.template_id ?? "").replace(/^action_/, "");
}

/** The action of a node that is one. */
export function actionOf(node: GraphNode): string | undefined {
  return node.type === "action" ? actionName(node.data ?? {}) : undefined;
}

function moreEvents(more: ActionTemplate["more_ports"], values: Data): string[] {
  if (more === "languages") return botLanguages;
  if (more !== "cases") return [];
  return listOf(values.cases)
    .map((one) => String(one.event ?? ""))
    .filter(Boolean);
}

export function actionEvents(data: Data): string[] {
  const template = templates.get(actionName(data));
  if (!template) return ["error"];
  const values = (data.values ?? {}) as Data;
  return [...moreEvents(template.more_ports, values), ...template.ports.map(({ id }) => id)];
}
