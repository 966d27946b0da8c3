// A client of the Connective API in what Node.js, Deno, Bun and browsers have by themselves.

const PAUSES_S = [1, 5, 15];
const TOLERANCE_S = 300;

type Data = Record<string, unknown>;
export type Chat = { id: number; state: string } & Data;

/** An answer other than 2xx; `code` is stable and made for programs. */
export class Refused extends Error {
  status: number;
  code: string;
  retryAfterS: number;

  constructor(status: number, code: string, retryAfterS = 0) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
    this.retryAfterS = retryAfterS;
  }
}

/** `base` is the address of the instance, `key` an API key. */
export class Connective {
  #base: string;
  #key: string;

  constructor(base: string, key: string) {
    this.#base = base.replace(/\/$/, "");
    this.#key = key;
  }

  /** One call: the answer's JSON and headers. */
  async call<T>(
    method: string,
    path: string,
    body?: Data,
    headers: Record<string, string> = {},
  ): Promise<[T, Headers]> {
    const answer = await fetch(this.#base + path, {
      method,
      headers: {
        Authorization: `API-Key ${this.#key}`,
        "Content-Type": "application/json",
        ...headers,
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    if (answer.ok) return [(await answer.json()) as T, answer.headers];
    const text = await answer.text();
    const said = text.startsWith("{") ? (JSON.parse(text) as { code?: string }) : {};
    throw new Refused(
      answer.status,
      said.code ?? "",
      Number(answer.headers.get("Retry-After") ?? 0),
    );
  }

  /** All chats that fit, page by page: `chats({ state: "new", limit: "100" })`. */
  async *chats(filters: Record<string, string> = {}): AsyncGenerator<Chat> {
    const query = new URLSearchParams(filters);
    for (;;) {
      type Page = { items: Chat[]; next_cursor: string | null };
      const [page] = await this.call<Page>("GET", `/api/v1/chats?${query}`);
      yield* page.items;
      if (!page.next_cursor) return;
      query.set("cursor", page.next_cursor);
    }
  }

  /** A chat and the ETag of what was read. */
  async chat(id: number): Promise<[Chat, string]> {
    const [details, headers] = await this.call<{ request: Chat }>("GET", `/api/v1/chats/${id}`);
    return [details.request, headers.get("ETag") ?? ""];
  }

  /** Close the chat as it was read. Refused 412: it has changed, so read and judge it anew. */
  async closeChat(id: number, etag: string, comment = ""): Promise<Chat> {
    const change = { status: "closed", ...(comment ? { comment } : {}) };
    const headers = { "If-Match": etag };
    const [closed] = await this.call<Chat>("PATCH", `/api/v1/chats/${id}`, change, headers);
    return closed;
  }

  /** Start a scenario, once, however often it is tried: `name` is your own of this call. */
  async callNode(
    botId: number,
    nodeId: number,
    chatId: string,
    data: Data,
    name: string,
  ): Promise<{ run_id: number } & Data> {
    const place = `${botId}/${nodeId}/custom_channel/${encodeURIComponent(chatId)}`;
    for (let tries = 0; ; tries++) {
      try {
        const headers = { "Idempotency-Key": name };
        const path = `/kw/api/call_node/${place}`;
        const [started] = await this.call<{ run_id: number } & Data>("POST", path, data, headers);
        return started;
      } catch (failure) {
        const refused = failure instanceof Refused ? failure : undefined;
        const hopeless = refused && refused.status < 500 && refused.status !== 429;
        if (hopeless || tries === PAUSES_S.length) throw failure;
        const pauseS = Math.max(PAUSES_S[tries] ?? 0, refused?.retryAfterS ?? 0);
        await new Promise((done) => setTimeout(done, pauseS * 1000));
      }
    }
  }
}

/**
 * The event of a webhook, or null: it is not from Connective, or older than five minutes.
 * `body` is the request's as it came.
 */
export async function verified(
  secret: string,
  headers: Headers,
  body: string,
): Promise<Data | null> {
  const moment = headers.get("webhook-timestamp") ?? "";
  if (!/^\d+$/.test(moment) || Math.abs(Date.now() / 1000 - Number(moment)) > TOLERANCE_S) {
    return null;
  }
  const signed = new TextEncoder().encode(`${headers.get("webhook-id")}.${moment}.${body}`);
  const scheme = { name: "HMAC", hash: "SHA-256" };
  const raw = bytes(secret.replace(/^whsec_/, ""));
  const key = await crypto.subtle.importKey("raw", raw, scheme, false, ["verify"]);
  for (const one of (headers.get("webhook-signature") ?? "").split(" ")) {
    // it compares in constant time
    if (/^v1,[A-Za-z0-9+/]{43}=$/.test(one)) {
      if (await crypto.subtle.verify("HMAC", key, bytes(one.slice(3)), signed)) {
        return JSON.parse(body) as Data;
      }
    }
  }
  return null;
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
