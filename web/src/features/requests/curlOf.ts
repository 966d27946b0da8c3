// A logged request as a command for a terminal; what was a secret stays `***`.
import type { RequestDetail } from "./queries";

// Written by whatever sends the command, or of the way it came.
const own = new Set([
  "host",
  "content-length",
  "connection",
  "accept-encoding",
  "transfer-encoding",
  "cookie",
  "origin",
  "user-agent",
  "accept",
]);

type Given = Pick<
  RequestDetail,
  "direction" | "method" | "url" | "request_headers" | "request_body"
>;

/** `origin` stands before the path of a request that came in. */
export function curlOf(request: Given, origin: string): string {
  const { direction, method, url, request_headers, request_body } = request;
  const address = direction === "in" ? origin + url : url;
  const first = `curl ${method === "GET" ? "" : `-X ${method} `}${quoted(address)}`;
  const lines = Object.entries(request_headers)
    .filter(([name]) => !own.has(name.toLowerCase()))
    .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  if (request_body) lines.push(`--data-raw ${quoted(request_body)}`);
  return [first, ...lines].join(" \\\n  ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
