// The settings an agent is given: of clients that speak HTTP, and of those that start programs.
export const clients = ["http", "program"] as const;
export type Client = (typeof clients)[number];

export const KEY = "YOUR_KEY";

function json(connective: object): string {
  return JSON.stringify({ mcpServers: { connective } }, null, 2);
}

export function settingsFor(client: Client, url: string): string {
  if (client === "http") {
    return json({ type: "http", url, headers: { Authorization: `API-Key ${KEY}` } });
  }
  const header = `Authorization:API-Key ${KEY}`;
  return json({ command: "npx", args: ["mcp-remote", url, "--header", header] });
}
