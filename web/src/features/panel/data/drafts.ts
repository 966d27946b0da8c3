// Brings drafts to the server, and those of one's other devices from there.
import { useEffect } from "react";
import { api, receive, send } from "@/api/client";
import { live } from "@/api/live";
import { ApiError } from "@/api/problem";
import {
  type Due,
  dueDrafts,
  onDrafts,
  settleDraft,
  type Told,
  takeAllDrafts,
  takeDraft,
} from "../logic/drafts";

/** After the last key; emptied ones go at once: what was sent is nobody's draft any more. */
const restMs = 700;
const againMs = 15_000;
const pageSize = 200;
/** What is refused once would be refused again. */
const refusals = [403, 404, 422];

async function mark(): Promise<number | null> {
  const { eventId } = await receive(
    api.GET("/api/v1/me/drafts", { params: { query: { limit: 1 } } }),
  );
  return eventId === null ? null : Number(eventId);
}

async function readAll(me: number): Promise<void> {
  const all: Told[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: pageSize, cursor };
    const page = await send(api.GET("/api/v1/me/drafts", { params: { query } }));
    all.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  takeAllDrafts(me, all);
}

async function bring(me: number, due: Due): Promise<void> {
  const { requestId: request_id, kind, text, at } = due;
  try {
    const told = await send(
      api.PUT("/api/v1/requests/{request_id}/drafts/{kind}", {
        params: { path: { request_id, kind } },
        body: { text, written_at: new Date(at).toISOString() },
      }),
    );
    settleDraft(me, due, told);
  } catch (error) {
    if (!(error instanceof ApiError) || !refusals.includes(error.status)) throw error;
    settleDraft(me, due, null);
  }
}

/** One after the other; what was typed meanwhile goes in the next round. */
class Carrier {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;

  constructor(private readonly me: number) {}

  written = (): void => {
    const due = dueDrafts(this.me);
    if (due.length > 0) this.in(due.some(({ text }) => text === "") ? 0 : restMs);
  };

  stop(): void {
    clearTimeout(this.timer);
  }

  private in(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.carry(), ms);
  }

  private async carry(): Promise<void> {
    if (this.busy) return this.in(restMs);
    this.busy = true;
    try {
      for (const due of dueDrafts(this.me)) await bring(this.me, due);
    } catch {
      this.in(againMs);
    } finally {
      this.busy = false;
    }
  }
}

/** While mounted, one's drafts are the same here as everywhere else. */
export function useDraftsDriver(me: number): void {
  useEffect(() => {
    if (!me) return;
    const carrier = new Carrier(me);
    carrier.written();
    const stops = [
      onDrafts(carrier.written),
      live.onStatus(() => live.isConnected && carrier.written()),
      live.listen({
        topic: "drafts",
        mark,
        onEvent: ({ kind, data }) => {
          if (kind === "draft.written") takeDraft(me, data.draft as Told);
        },
        onStale: () => void readAll(me).catch(() => undefined),
      }),
    ];
    return () => {
      carrier.stop();
      for (const stop of stops) stop();
    };
  }, [me]);
}
