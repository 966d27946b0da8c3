// Making a request from a document, trying it over the API, and the variables of the last run to try it with.
import { api, send } from "@/api/client";
import type { components } from "@/api/schema";
import type { Values } from "./mapping";

export type TriedOut = components["schemas"]["TriedOut"];
export type ImportedDocument = components["schemas"]["ImportedDocument"];
export type ImportedOperation = components["schemas"]["ImportedOperation"];
export type ActionId = "send_request" | "send_me";

export function tryOut(action: ActionId, config: Values, state: Values): Promise<TriedOut> {
  return send(
    api.POST("/api/v1/actions/{action}/test", {
      params: { path: { action } },
      body: { config: config as never, state: state as never },
    }),
  );
}

/** The operations of a document, pasted or read where it is published, each with values for a block. */
export function readDocument(given: string, server: string): Promise<ImportedDocument> {
  const document = isAddress(given) ? { url: given.trim() } : { document: given };
  const body = { ...document, server: server === "" ? null : server };
  return send(api.POST("/api/v1/actions/send_request/import", { body }));
}

/** One line with nothing but an address. */
export function isAddress(given: string): boolean {
  return /^https?:\/\/\S+$/.test(given.trim());
}

/** The variables of the dialog that the bot's last run belongs to; none when it never ran. */
export async function lastState(bot_id: number): Promise<Values | null> {
  const { items } = await send(
    api.GET("/api/v1/runs", { params: { query: { bot_id, limit: 20 } } }),
  );
  const dialog_id = items.find((run) => run.dialog_id !== null)?.dialog_id;
  if (!dialog_id) return null;
  const state = await send(
    api.GET("/api/v1/dialogs/{dialog_id}/state", { params: { path: { dialog_id } } }),
  );
  return { ...state.known, ...state.variables } as Values;
}
