// The events that actions end with, where they are not the usual `success`.
import { type Data, listOf } from "./document";

const outcomes: Record<string, string[]> = {
  send_request: ["ok", "not_ok"],
  send_me: ["ok", "not_ok"],
  if_else: ["true", "false"],
  validate: ["valid", "invalid"],
  delay: ["next"],
  call_section: ["return"],
  goto_alias: [],
  restart: [],
  stop: [],
  parse_params: ["success", "empty"],
  set_language: ["success", "unsupported"],
  list_filter: ["found", "empty"],
  generate_list: ["success", "empty"],
  loop__start: ["item", "done"],
  loop__next: ["item", "done"],
  date_format: ["ok", "invalid"],
  text_match: ["match", "no_match"],
  json_parse: ["ok", "invalid"],
  json_path: ["found", "empty"],
};

/** The action's name without the prefix that documents may give it. */
export function actionName(data: Data): string {
  return String(data.template_id ?? "").replace(/^action_/, "");
}

export function actionEvents(data: Data): string[] {
  const name = actionName(data);
  const values = (data.values ?? {}) as Data;
  const cases = listOf(values.cases).map((one) => String(one.event ?? ""));
  if (name === "switch") return [...cases.filter(Boolean), "default"];
  return outcomes[name] ?? ["success"];
}
