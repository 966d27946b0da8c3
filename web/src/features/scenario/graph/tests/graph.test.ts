// Edits, undo, layout, ports and places of findings, on a small document.
import { describe, expect, test } from "vitest";
import { knowActions, knowLanguages } from "../actionPorts";
import { differingNodes } from "../compare";
import { type Graph, graphOfFile, isGraph } from "../document";
import { connect, deleteNodes, disconnect, moveNodes, replaceNode } from "../edits";
import { depth, record, redo, startHistory, undo } from "../history";
import { hasStacked, layoutSection } from "../layout";
import { rangeOf } from "../locate";
import { portsOf } from "../ports";
import { prepare } from "../prepare";
import { insideNode, marksOf } from "../problems";

const graph: Graph = {
  format: "scenario",
  format_version: 1,
  sections: [{ id: 1, name: "Main", is_start: true }],
  nodes: [
    { id: 1, section_id: 1, type: "start", x: 0, y: 0, data: {} },
    {
      id: 2,
      section_id: 1,
      type: "keyboard",
      x: 0,
      y: 0,
      data: {
        text: { en: "Choose" },
        buttons: [
          { id: "a", text: { en: "First", uk: "Перша" } },
          { id: "site", text: "Site", ActionType: "open-url" },
        ],
      },
    },
    { id: 3, section_id: 1, type: "message", x: 0, y: 0, data: { text: "Bye" } },
  ],
  edges: [
    { from_node: 1, from_port: "next", to_node: 2 },
    { from_node: 2, from_port: "a", to_node: 3 },
    { from_node: 3, from_port: "next", to_node: 2 },
  ],
};

describe("edits", () => {
  test("a port that gets a new arrow loses the old one", () => {
    const next = connect(graph, { from_node: 1, from_port: "next", to_node: 3 });
    const own = next.edges?.filter(({ from_node }) => from_node === 1);
    expect(own).toEqual([{ from_node: 1, from_port: "next", to_node: 3 }]);
  });

  test("a deleted node takes its arrows along, and Start stays", () => {
    const next = deleteNodes(graph, [1, 2]);
    expect(next.nodes.map(({ id }) => id)).toEqual([1, 3]);
    expect(next.edges).toEqual([]);
  });

  test("arrows follow a node that gets another number", () => {
    const [, node] = graph.nodes;
    const next = replaceNode(graph, 2, { ...(node as (typeof graph.nodes)[number]), id: 9 });
    expect(next.edges?.map(({ from_node, to_node }) => [from_node, to_node])).toEqual([
      [1, 9],
      [9, 3],
      [3, 9],
    ]);
  });

  test("edits leave the document they came from alone", () => {
    const before = JSON.stringify(graph);
    moveNodes(graph, [{ id: 1, x: 40, y: 40 }]);
    disconnect(graph, graph.edges ?? []);
    expect(JSON.stringify(graph)).toBe(before);
  });
});

describe("undo", () => {
  test("goes back and forth through a hundred steps and no more", () => {
    let history = startHistory(0);
    for (let step = 1; step <= depth + 20; step += 1) history = record(history, step);
    for (let step = 0; step < depth + 50; step += 1) history = undo(history);
    expect(history.present).toBe(20);
    expect(redo(history).present).toBe(21);
  });

  test("a merged change is one step, and a new change forgets what was undone", () => {
    let history = record(startHistory("a"), "ab");
    history = record(history, "abc", true);
    expect(undo(history).present).toBe("a");
    expect(record(undo(history), "x").future).toEqual([]);
  });
});

describe("layout", () => {
  test("puts each node right of what leads to it, circles included, without overlap", () => {
    expect(hasStacked(graph.nodes)).toBe(true);
    const places = layoutSection(graph, 1, "en");
    const x = Object.fromEntries(places.map((place) => [place.id, place.x]));
    expect(x[1]).toBeLessThan(x[2] ?? 0);
    expect(x[2]).toBeLessThan(x[3] ?? 0);
    expect(hasStacked(moveNodes(graph, places).nodes)).toBe(false);
  });

  test("opening arranges what lies on one point and keeps what was placed by hand", () => {
    expect(hasStacked(prepare(graph, "en").nodes)).toBe(false);
    const placed = moveNodes(graph, [
      { id: 1, x: 10, y: 10 },
      { id: 2, x: 500, y: 10 },
      { id: 3, x: 10, y: 500 },
    ]);
    expect(prepare(placed, "en").nodes.map(({ x, y }) => [x, y])).toEqual([
      [10, 10],
      [500, 10],
      [10, 500],
    ]);
  });
});

describe("ports", () => {
  test("buttons are ports by their label, links are none, unknown arrows keep theirs", () => {
    const [, node] = graph.nodes;
    const odd = { from_node: 2, from_port: "old", to_node: 3 };
    const ports = portsOf(node as (typeof graph.nodes)[number], [odd], "uk");
    expect(ports.map(({ id, label }) => [id, label])).toEqual([
      ["a", "Перша"],
      ["else", null],
      ["old", null],
    ]);
  });
});

describe("branches of actions", () => {
  const template = (
    id: string,
    ports: string[],
    more_ports: "cases" | "languages" | null = null,
  ) => ({
    id,
    title: id,
    description: "",
    group: { id: "flow", label: "Flow" },
    ports: ports.map((port) => ({ id: port, label: port })),
    more_ports,
    parameters: [],
    example: {},
  });
  const portsOfAction = (template_id: string, values = {}) =>
    portsOf({ id: 4, section_id: 1, type: "action", data: { template_id, values } }, [], "en").map(
      ({ id }) => id,
    );

  test("are those of the catalogue, and before them those of its cases or languages", () => {
    knowLanguages(["uk", "en"]);
    knowActions([
      template("send_request", ["ok", "not_ok", "error"]),
      template("switch", ["default", "error"], "cases"),
      template("get_language", ["error"], "languages"),
    ]);
    expect(portsOfAction("action_send_request")).toEqual(["ok", "not_ok", "error"]);
    const cases = [{ value: "L", event: "large" }, { value: "S" }];
    expect(portsOfAction("switch", { cases })).toEqual(["large", "default", "error"]);
    expect(portsOfAction("get_language")).toEqual(["uk", "en", "error"]);
  });

  test("of an action that nobody knows are its error and what is drawn", () => {
    const node = { id: 4, section_id: 1, type: "action", data: { template_id: "gone" } };
    const arrow = { from_node: 4, from_port: "ok", to_node: 2 };
    expect(portsOf(node, [arrow], "en").map(({ id }) => id)).toEqual(["error", "ok"]);
  });
});

describe("places of findings", () => {
  const text = JSON.stringify(graph, null, 2);
  const at = (path: string) => {
    const range = rangeOf(text, path);
    return range && text.slice(range.from, range.to);
  };

  test("a path leads to its key and value in the text", () => {
    expect(at("nodes[2].data.text")).toBe('"text": "Bye"');
    expect(at("edges[1].from_port")).toBe('"from_port": "a"');
  });

  test("a missing value leads to its parent, broken text to nowhere", () => {
    expect(at("nodes[2].data.save_to")).toBe("{");
    expect(rangeOf('{"a": [1, 2', "a[1]")).toBeNull();
  });

  test("a finding without a path marks its node, on its first line", () => {
    const finding = { level: "error", code: "x", message: "m", nodeId: 3, path: null } as const;
    const [mark] = marksOf(text, [finding], graph);
    expect(text.slice(mark?.from, mark?.to)).toBe("{");
  });

  test("a path becomes one inside the node", () => {
    const path = "nodes[1].data.buttons[0].text";
    const finding = { level: "error", code: "x", message: "m", nodeId: 2, path } as const;
    expect(insideNode([finding], graph, 2)[0]?.path).toBe("data.buttons[0].text");
  });
});

describe("documents", () => {
  test("a file is taken only when it is a scenario, without what an export adds", () => {
    expect(isGraph({ format: "other", sections: [], nodes: [] })).toBe(false);
    expect(graphOfFile({ ...graph, sha256: "1" })).toEqual({ ...graph, constants: [] });
  });

  test("two drafts differ in the nodes whose options, place or arrows differ", () => {
    const other = moveNodes(disconnect(graph, graph.edges?.slice(1, 2) ?? []), [
      { id: 3, x: 5, y: 5 },
    ]);
    expect(differingNodes(graph, other)).toEqual(["keyboard #2", "message #3"]);
    const turned = graph.nodes.map((node) => Object.fromEntries(Object.entries(node).reverse()));
    expect(differingNodes(graph, { ...graph, nodes: turned } as Graph)).toEqual([]);
  });
});
