// The command that plays a client's first message, ready to paste into a terminal.
export function curlOf(inputUrl: string, withToken: boolean): string {
  const message = {
    update_id: 1,
    message: {
      from: { id: "demo-1", first_name: "Olena", language_code: "uk" },
      chat: { id: "demo-1" },
      text: "/start",
      type: "text",
    },
  };
  return [
    `curl -X POST '${inputUrl}'`,
    "-H 'Content-Type: application/json'",
    ...(withToken ? ["-H 'x-access-token: YOUR_INPUT_TOKEN'"] : []),
    `-d '${JSON.stringify(message)}'`,
  ].join(" \\\n  ");
}
