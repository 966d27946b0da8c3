// A first scenario to begin with: a menu of a small shop, with a question and a check.
import type { Graph, Text } from "./graph/document";

type Texts = Record<
  "hello" | "order" | "hours" | "askNumber" | "badNumber" | "hoursText" | "thanks",
  string
>;

const texts: Record<string, Texts> = {
  en: {
    hello: "Hello, {{first_name}}! How can we help?",
    order: "Where is my order",
    hours: "Opening hours",
    askNumber: "Please type the number of your order.",
    badNumber: "That is not a number. An order looks like this: 1042",
    hoursText: "We are open every day from 9 to 20.",
    thanks: "Order {{order}} is on its way. Anything else?",
  },
  uk: {
    hello: "Вітаємо, {{first_name}}! Чим допомогти?",
    order: "Де моє замовлення",
    hours: "Години роботи",
    askNumber: "Напишіть, будь ласка, номер замовлення.",
    badNumber: "Це не схоже на номер. Замовлення виглядає так: 1042",
    hoursText: "Ми працюємо щодня з 9 до 20.",
    thanks: "Замовлення {{order}} вже в дорозі. Щось іще?",
  },
};

/** In the languages of the bot that the sample speaks; English where it speaks none. */
function inLanguages(languages: string[]): (key: keyof Texts) => Text {
  const known = languages.filter((language) => language in texts);
  const chosen = known.length > 0 ? known : ["en"];
  return (key) =>
    Object.fromEntries(chosen.map((language) => [language, texts[language]?.[key] ?? ""]));
}

/** Keeps the section and the Start that the bot already has: their ids may be published. */
export function menuSample(
  graph: Graph,
  languages: string[],
  name: (key: string) => string,
): Graph {
  const say = inLanguages(languages);
  const start = graph.nodes.find(({ type }) => type === "start");
  const section_id = start?.section_id ?? graph.sections[0]?.id ?? 1;
  const first = Math.max(0, ...graph.nodes.map(({ id }) => id)) + 1;
  const [menu, ask, kind, shown] = [first, first + 1, first + 2, first + 3];
  const at = (x: number, y: number) => ({ section_id, x, y });
  return {
    ...graph,
    nodes: [
      ...graph.nodes,
      {
        id: menu,
        ...at(330, 0),
        type: "keyboard",
        name: name("menu"),
        data: {
          text: say("hello"),
          buttons: [
            { id: "order", text: say("order") },
            { id: "hours", text: say("hours") },
          ],
        },
      },
      {
        id: ask,
        ...at(660, -80),
        type: "wait",
        name: name("askNumber"),
        data: {
          text: say("askNumber"),
          save_to: "order",
          validation: { type: "number", min: 1, error_text: say("badNumber") },
        },
      },
      {
        id: kind,
        ...at(990, -80),
        type: "message",
        name: name("answer"),
        data: { text: say("thanks") },
      },
      {
        id: shown,
        ...at(660, 150),
        type: "message",
        name: name("hours"),
        data: { text: say("hoursText") },
      },
    ],
    edges: [
      ...(start ? [{ from_node: start.id, from_port: "next", to_node: menu }] : []),
      { from_node: menu, from_port: "order", to_node: ask },
      { from_node: menu, from_port: "hours", to_node: shown },
      { from_node: menu, from_port: "else", to_node: menu },
      { from_node: ask, from_port: "next", to_node: kind },
      { from_node: kind, from_port: "next", to_node: menu },
      { from_node: shown, from_port: "next", to_node: menu },
    ],
  };
}
