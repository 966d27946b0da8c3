// The one door to the server: the generated client over the browser's session cookie.
import createClient from "openapi-fetch";
import { currentLanguage } from "@/i18n";
import { authorization, isEmbedded } from "./bearer";
import { ApiError, problemOf } from "./problem";
import type { paths } from "./schema";
import { sessionAgain } from "./session";

/** A wrong password or code is a 401 too; only a missing session is this one. */
async function lacksSession(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return problemOf(response, body).code === "unauthorized";
}

/** Marks the call that finds out whether there is a session: its 401 is an answer. Not sent. */
export const asksSessionHeader = "X-Asks-Session";

async function reach(request: Request): Promise<Response> {
  for (const [name, value] of Object.entries(authorization())) request.headers.set(name, value);
  try {
    return await fetch(request);
  } catch (reason) {
    if (request.signal.aborted) throw reason;
    throw new ApiError(0, {});
  }
}

async function fetchInSession(request: Request): Promise<Response> {
  request.headers.set("Accept-Language", currentLanguage());
  const asksSession = request.headers.has(asksSessionHeader);
  request.headers.delete(asksSessionHeader);
  if (asksSession) return reach(request);
  const again = request.clone();
  const response = await reach(request);
  if (!(await lacksSession(response))) return response;
  await sessionAgain();
  return reach(again);
}

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: isEmbedded ? "omit" : "same-origin",
  fetch: fetchInSession,
});

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** What came with the data: the event id it contains, and its version for If-Match. */
export type Received<T> = { data: T; eventId: string | null; etag: string | null };

export async function receive<T>(call: Promise<Answer<T>>): Promise<Received<T>> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemOf(response, error);
  return {
    data: data as T,
    eventId: response.headers.get("X-Event-Id"),
    etag: response.headers.get("ETag"),
  };
}

export async function send<T>(call: Promise<Answer<T>>): Promise<T> {
  return (await receive(call)).data;
}

/** Sent with each POST that creates or sends, so that a repeat after a lost answer is harmless. */
export function idempotent(): { "Idempotency-Key": string } {
  return { "Idempotency-Key": crypto.randomUUID() };
}

/** A file as the body of a call: its document says "a text", for it knows no files. */
export function formOf(file: File): FormData {
  const form = new FormData();
  form.append("file", file);
  return form;
}
