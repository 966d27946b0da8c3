// A scenario to begin with: whoever opens a link is told to the application, which may then write.
import type { Graph, Text } from "./graph/document";

type Texts = Record<"thanks" | "later" | "news", string>;

const texts: Record<string, Texts> = {
  en: {
    thanks:
      "Thank you, {{first_name}}! From now on you get the news of your orders here. Send /stop whenever you have had enough.",
    later: "Thank you! We are linking this chat to your account; it may take a little while.",
    news: "{{text}}",
  },
  uk: {
    thanks:
      "Дякуємо, {{first_name}}! Відтепер новини про ваші замовлення приходитимуть сюди. Щоб відписатися, надішліть /stop.",
    later: "Дякуємо! Прив’язуємо цей чат до вашого кабінету, це може забрати трохи часу.",
    news: "{{text}}",
  },
};

function say(key: keyof Texts, languages: string[]): Text {
  const known = languages.filter((language) => language in texts);
  const chosen = known.length > 0 ? known : ["en"];
  return Object.fromEntries(chosen.map((language) => [language, texts[language]?.[key] ?? ""]));
}

/** Where the application hears of a new chat; its author puts his own address here. */
const application = "https://example.com/subscribed";

/** Start -> send_me -> thanks; a call that fails is repeated for a day. `notify` is for call_node. */
export function subscribeSample(graph: Graph, languages: string[]): Graph {
  const start = graph.nodes.find(({ type }) => type === "start");
  const section_id = start?.section_id ?? graph.sections[0]?.id ?? 1;
  const first = Math.max(0, ...graph.nodes.map(({ id }) => id)) + 1;
  const [tell, thanks, later, notify, news] = [first, first + 1, first + 2, first + 3, first + 4];
  const at = (x: number, y: number) => ({ section_id, x, y });
  const message = (key: keyof Texts) => ({ text: say(key, languages) });
  return {
    ...graph,
    nodes: [
      ...graph.nodes,
      {
        id: tell,
        ...at(330, 0),
        type: "action",
        name: "send_me",
        data: {
          template_id: "send_me",
          values: {
            url: application,
            method: "POST",
            format: "JSON",
            data: { customer_id: "{{customer_id}}", param: "{{messenger_input_param}}" },
            retry_for_h: 24,
          },
        },
      },
      { id: thanks, ...at(660, -80), type: "message", name: "ok", data: message("thanks") },
      { id: later, ...at(660, 120), type: "message", name: "not_ok", data: message("later") },
      {
        id: notify,
        ...at(0, 300),
        type: "entry",
        name: "notify",
        data: { alias: "notify", trigger: "webhook" },
      },
      { id: news, ...at(330, 300), type: "message", name: "notify", data: message("news") },
    ],
    edges: [
      ...(start ? [{ from_node: start.id, from_port: "next", to_node: tell }] : []),
      { from_node: tell, from_port: "ok", to_node: thanks },
      { from_node: tell, from_port: "not_ok", to_node: later },
      { from_node: notify, from_port: "next", to_node: news },
    ],
  };
}
