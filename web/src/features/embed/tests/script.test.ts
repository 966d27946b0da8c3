// The script that puts the panel into other pages. proves INT-04 (part: script)
// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const engine = "https://panel.example.com";
const file = resolve(process.cwd(), "../src/connective/modules/embed/operator-panel.js");
const source = readFileSync(file, "utf8");

type Panel = Record<string, (...given: unknown[]) => Promise<unknown>> & {
  frame: HTMLIFrameElement;
  on: (type: string, heard: (data: unknown, type: string) => void) => () => void;
};
type Said = { type: string; id: string | null; data: Record<string, unknown> };

let panel: Panel;
let sent: [Said, string][];

function init(options: object = {}): Panel {
  const made = (
    window as unknown as { OperatorPanel: { init: (given: object) => Panel } }
  ).OperatorPanel.init({ container: "#place", engine, ...options });
  sent = [];
  const page = made.frame.contentWindow as Window;
  vi.spyOn(page, "postMessage").mockImplementation(((said: Said, to: string) => {
    sent.push([said, to]);
  }) as typeof page.postMessage);
  return made;
}

function say(type: string, data: object = {}, more: object = {}, origin = engine): void {
  const said = { source: "operator-panel", v: 1, type, id: null, data, ...more };
  const from = panel.frame.contentWindow;
  window.dispatchEvent(new MessageEvent("message", { data: said, origin, source: from }));
}

beforeEach(() => {
  document.body.innerHTML = '<div id="place"></div>';
  new Function(source)();
});

afterEach(() => {
  vi.useRealTimers();
});

/** What the page of Zoho's widget does there, of whose global it gets what it needs. */
function zohoWidget(record: object): { load: (place: object) => Promise<void>; asked: object[] } {
  const page = readFileSync(resolve(file, "../zoho-widget.html"), "utf8");
  const script = page.split("<script>")[1]?.split("</script>")[0] ?? "";
  const asked: object[] = [];
  let loaded: (place: object) => Promise<void> = async () => undefined;
  const ZOHO = {
    embeddedApp: {
      on: (_: string, heard: typeof loaded) => (loaded = heard),
      init: () => undefined,
    },
    CRM: {
      API: { getRecord: async (given: object) => asked.push(given) && { data: [record] } },
      FUNCTIONS: { execute: async () => ({ details: { output: "t-7" } }) },
    },
  };
  const OperatorPanel = { init: (options: object) => (panel = init({ ...options })) };
  document.body.innerHTML = '<div id="panel"></div>';
  new Function("ZOHO", "OperatorPanel", script)(ZOHO, OperatorPanel);
  return { load: loaded, asked };
}

describe("the widget of Zoho CRM", () => {
  it("opens the client of the record, by a token of Zoho's function, under the product name", async () => {
    const { load, asked } = zohoWidget({ Phone: null, Mobile: "380501112233", Email: "a@b.co" });
    await load({ Entity: "Leads", EntityId: ["301"] });
    expect(asked).toEqual([{ Entity: "Leads", RecordID: "301" }]);
    expect(new URL(panel.frame.src).searchParams.get("view")).toBe("chat");
    say("token", { reason: "first" }, { id: "p1" });
    say("ready", { title: "Shop Care" });
    expect(document.title).toBe("Shop Care");
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    const told = Object.fromEntries(sent.map(([{ type, data }]) => [type, data]));
    expect(told.token).toEqual({ token: "t-7" });
    expect(told.setContext).toMatchObject({ phone: "380501112233", external_id: "301" });
  });

  it("shows the list where there is no record, as in a web tab", async () => {
    await zohoWidget({}).load({});
    expect(new URL(panel.frame.src).searchParams.get("view")).toBe("list");
  });
});

describe("the script of the panel", () => {
  it("puts in a frame that says where it stands and how it looks", () => {
    panel = init({ view: "chat", theme: "dark", lang: "uk", height: 500 });
    const address = new URL(panel.frame.src);
    expect(address.origin + address.pathname).toBe(`${engine}/embed/operator-panel`);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      origin: window.location.origin,
      view: "chat",
      theme: "dark",
      lang: "uk",
    });
    expect(panel.frame.style.height).toBe("500px");
  });

  it("refuses a view or a container that there is not", () => {
    expect(() => init({ view: "card" })).toThrow("list, chat, client");
    expect(() => init({ container: "#nowhere" })).toThrow("#nowhere");
  });

  it("gives the panel a token whenever it asks, under the id it asked with", async () => {
    panel = init({ getToken: async () => "t-1" });
    say("token", { reason: "first" }, { id: "p1" });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    const [said, to] = sent[0] as [Said, string];
    expect(said).toMatchObject({ type: "token", id: "p1", data: { token: "t-1" } });
    expect(to).toBe(engine);
  });

  it("tells when no token can be had", async () => {
    panel = init({ getToken: () => Promise.reject(new Error("no key")) });
    const heard = vi.fn();
    panel.on("error", heard);
    say("token");
    await vi.waitFor(() => expect(heard).toHaveBeenCalled());
    expect(heard.mock.calls[0]?.[0]).toEqual({ code: "no_token", message: "no key" });
  });

  it("answers a command by what the panel says under the same id", async () => {
    panel = init();
    const opened = panel.openClient?.({ phone: "380501112233" });
    const refused = panel.openChat?.({ chat_id: 9 });
    const [first, second] = sent.map(([said]) => said);
    expect(first).toMatchObject({ type: "openClient", data: { phone: "380501112233" } });
    say("chat_opened", { chat_id: 5 }, { id: first?.id });
    say("error", { code: "not_found", message: "No chat" }, { id: second?.id });
    await expect(opened).resolves.toEqual({ chat_id: 5 });
    await expect(refused).rejects.toMatchObject({ code: "not_found", message: "No chat" });
  });

  it("hears its own panel alone, until it is told to stop", () => {
    panel = init();
    const heard = vi.fn();
    const stop = panel.on("*", heard);
    say("new_message", { chat_id: 5, unread: 1 }, {}, "https://evil.example.com");
    say("new_message", {}, { v: 2 });
    say("new_message", {}, { source: "other" });
    window.dispatchEvent(new MessageEvent("message", { data: "hello", origin: engine }));
    expect(heard).not.toHaveBeenCalled();
    say("new_message", { chat_id: 5, unread: 1 });
    expect(heard).toHaveBeenCalledWith({ chat_id: 5, unread: 1 }, "new_message");
    stop();
    say("chat_closed", { chat_id: 5 });
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it("gives the context as soon as the panel is ready, the last one again after a new start", () => {
    panel = init({ context: { phone: "1" } });
    say("ready", { title: "Shop Care" });
    expect(panel.frame.title).toBe("Shop Care");
    void panel.setContext?.({ phone: "2" })?.catch(() => undefined);
    say("ready");
    expect(sent.map(([{ data }]) => data)).toEqual([
      { phone: "1" },
      { phone: "2" },
      { phone: "2" },
    ]);
  });

  it("shows the way to the reason when the frame stays silent", () => {
    vi.useFakeTimers();
    panel = init();
    const heard = vi.fn();
    panel.on("error", heard);
    vi.advanceTimersByTime(15_000);
    expect(heard).toHaveBeenCalledWith(expect.objectContaining({ code: "no_answer" }), "error");
    expect(document.querySelector<HTMLAnchorElement>("#place a")?.href).toBe(panel.frame.src);
  });

  it("leaves nothing behind", async () => {
    panel = init();
    const waits = panel.openChat?.({ chat_id: 1 });
    panel.destroy?.();
    await expect(waits).rejects.toThrow("taken away");
    expect(document.querySelector("iframe")).toBeNull();
  });
});
