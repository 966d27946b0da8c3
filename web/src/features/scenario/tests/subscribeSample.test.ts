// The template "Subscribe to notifications". proves INT-09 (part: template)
import { expect, it } from "vitest";
import type { Graph } from "../graph/document";
import { subscribeSample } from "../subscribeSample";

const empty: Graph = {
  format: "scenario",
  format_version: 1,
  sections: [{ id: 1, name: "Main", order: 1 }],
  nodes: [{ id: 1, type: "start", section_id: 1, x: 0, y: 0, data: {} }],
  edges: [],
};

it("tells the application, thanks or promises, and has a place for call_node to begin", () => {
  const { nodes, edges } = subscribeSample(empty, ["uk"]);
  const named = new Map(nodes.map((node) => [node.id, node.name ?? node.type]));
  const ways = edges?.map(({ from_node, from_port, to_node }) => [
    ...[named.get(from_node), from_port, named.get(to_node)],
  ]);
  expect(ways).toEqual([
    ["start", "next", "send_me"],
    ["send_me", "ok", "ok"],
    ["send_me", "not_ok", "not_ok"],
    ["notify", "next", "notify"],
  ]);
  const told = nodes.find(({ name }) => name === "send_me")?.data?.values;
  expect(told).toMatchObject({ retry_for_h: 24, data: { customer_id: "{{customer_id}}" } });
  const begins = nodes.find(({ type }) => type === "entry")?.data;
  expect(begins).toEqual({ alias: "notify", trigger: "webhook" });
  const said = nodes.filter(({ type }) => type === "message").map(({ data }) => data?.text);
  expect(said.map((text) => Object.keys(text as object))).toEqual([["uk"], ["uk"], ["uk"]]);
});
