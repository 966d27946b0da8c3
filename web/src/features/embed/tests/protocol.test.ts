// What the panel takes for words said to it, and what it tells. proves INT-04 (part: messages)
import { describe, expect, it } from "vitest";
import { heardIn, isCommand, parentOriginOf, wordOf } from "../frame/protocol";
import { toldOf } from "../frame/useTelling";
import { faultOf, firstFault } from "../settings/originLines";
import { zohoFunction } from "../settings/snippets";

describe("messages to the panel", () => {
  it("are envelopes of this version, whatever else comes", () => {
    const good = {
      source: "operator-panel",
      v: 1,
      type: "openChat",
      id: "1",
      data: { chat_id: 5 },
    };
    expect(heardIn(good)).toEqual({ type: "openChat", id: "1", data: { chat_id: 5 } });
    expect(heardIn({ ...good, id: 7, data: "x" })).toEqual({
      type: "openChat",
      id: null,
      data: {},
    });
    for (const bad of [
      null,
      "x",
      5,
      { ...good, v: 2 },
      { ...good, source: "x" },
      { ...good, type: 1 },
    ]) {
      expect(heardIn(bad)).toBeNull();
    }
    expect([isCommand("openClient"), isCommand("eval")]).toEqual([true, false]);
    expect(wordOf({ chat_id: 5, phone: " " }, "chat_id")).toBe("5");
    expect(wordOf({ chat_id: 5, phone: " " }, "phone")).toBeUndefined();
  });

  it("come from the page that the browser names, before the one that the address does", () => {
    const asked = "https://asked.example.com";
    const referrer = "https://crm.example.com/deals/7";
    const ancestors = ["https://top.example.com"];
    expect(parentOriginOf({ ancestors, referrer, asked })).toBe("https://top.example.com");
    expect(parentOriginOf({ ancestors: [], referrer, asked })).toBe("https://crm.example.com");
    expect(parentOriginOf({ ancestors: [], referrer: "", asked })).toBe(asked);
    expect(parentOriginOf({ ancestors: ["null"], referrer, asked })).toBeNull();
    expect(parentOriginOf({ ancestors: [], referrer: "", asked: "crm" })).toBeNull();
  });
});

describe("what the page around hears", () => {
  const request = { id: 5, state: "in_progress", unread: 2 };
  it("is the client's messages and closed chats", () => {
    const message = { author_kind: "client" };
    const said = { id: 1, kind: "message.created", data: { request, message } };
    expect(toldOf(said)).toEqual(["new_message", { chat_id: 5, unread: 2 }]);
    expect(toldOf({ ...said, data: { request, message: { author_kind: "user" } } })).toBeNull();
    const closed = { id: 2, kind: "request.closed", data: { request } };
    expect(toldOf(closed)).toEqual(["chat_closed", { chat_id: 5 }]);
    expect(toldOf({ id: 3, kind: "request.left", data: { id: 5 } })).toBeNull();
  });
});

describe("a line of the origins", () => {
  it.each([
    ["crm.example.com", "noScheme"],
    ["ftp://crm.example.com", "badScheme"],
    ["https://crm.example.com/", "slash"],
    ["https://crm.example.com/deals", "path"],
    ["https://CRM.example.com", "badHost"],
    ["https://*.example.com", "badHost"],
    ["https://crm.example.com:8443", null],
    ["http://localhost:9000", null],
  ] as const)("%s: %s", (line, fault) => {
    expect(faultOf(line)).toBe(fault);
  });

  it("is named by its number", () => {
    expect(firstFault("https://a.io\n\nhttps://a.io")).toEqual({ fault: "twice", line: 2 });
    expect(firstFault("https://a.io\n")).toBeNull();
  });
});

it("the function for Zoho asks this instance", () => {
  const asks = zohoFunction("https://panel.example.com");
  expect(asks).toContain('url: "https://panel.example.com/api/v1/embed/tokens"');
});
