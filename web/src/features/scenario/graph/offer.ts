// What an entry point tells AI agents, inside the options of its node.
import type { GraphNode } from "./document";

export type Offer = {
  offered: boolean;
  name: string;
  description: string;
  parameters: Record<string, unknown>;
};

const EXAMPLE = {
  type: "object",
  properties: { order_id: { type: "string", description: "Number of the order" } },
  required: ["order_id"],
};

export function offerOf(node: GraphNode): Offer {
  const given = (node.data?.agent ?? {}) as Partial<Offer>;
  return {
    offered: given.offered ?? false,
    name: given.name ?? "",
    description: given.description ?? "",
    parameters: given.parameters ?? {},
  };
}

/** An offered entry point has to be open to calls, so it becomes that. */
export function withOffer(node: GraphNode, offer: Offer): GraphNode {
  const trigger = offer.offered ? { trigger: "webhook" } : {};
  return { ...node, data: { ...node.data, ...trigger, agent: offer } };
}

/** The first time something to begin with: a name out of the node's, an example of parameters. */
export function begun(node: GraphNode, offer: Offer): Offer {
  const alias = typeof node.data?.alias === "string" ? node.data.alias : "";
  const name = (offer.name || alias || node.name || "").toLowerCase();
  const plain = name.replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "");
  return {
    ...offer,
    offered: true,
    name: plain.slice(0, 40) || `entry_${node.id}`,
    parameters: Object.keys(offer.parameters).length > 0 ? offer.parameters : EXAMPLE,
  };
}

/** The parameters as they were typed; null for what is no JSON object. */
export function parametersOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
