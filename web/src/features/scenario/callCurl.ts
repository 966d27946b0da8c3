// The command that starts a scenario at an entry point, ready for a terminal.
import type { EntryPoint } from "./queries";

/** The address has places for a channel and a chat in braces; without them a new chat begins. */
export function callCurl(
  point: Pick<EntryPoint, "call_node_url" | "require_key" | "allowed_methods">,
): string {
  const posts = point.allowed_methods.includes("POST");
  const lines = [`curl ${posts ? "-X POST " : ""}'${point.call_node_url}'`];
  if (point.require_key) lines.push("-H 'Authorization: API-Key YOUR_KEY'");
  if (posts) lines.push("-H 'Content-Type: application/json'", `-d '{"order_id": "A-17"}'`);
  return lines.join(" \\\n  ");
}
