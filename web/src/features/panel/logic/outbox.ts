// What was written and is not with the server yet: sent in order, once, also after a break.
import { ApiError, isTemporary } from "@/api/problem";
import type { Mentioned, Quoted } from "../types";

export type Unsent = {
  requestId: number;
  clientMsgId: string;
  kind: "text" | "note";
  text: string;
  /** The text has marks, as HTML. */
  marked?: boolean;
  files: { file_id: string; name: string }[];
  at: number;
  /** The message that is answered. */
  replyTo?: Quoted;
  /** Kept by the server until its moment, or as long as it can be taken back. */
  later?: { sendAt?: string };
  /** Colleagues whom a note names. */
  mentions?: Mentioned[];
  /** The server's reason: it waits for a decision and lets the others pass. */
  refused?: string;
};

type Options<Sent> = {
  send: (unsent: Unsent) => Promise<Sent>;
  onSent: (sent: Sent, unsent: Unsent) => void;
  reasonOf: (error: unknown) => string;
  storage?: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  storageKey?: string;
};

const firstPauseMs = 1_000;
const longestPauseMs = 15_000;

function isForLater(error: unknown): boolean {
  return (
    isTemporary(error) || (error instanceof ApiError && [401, 408, 429].includes(error.status))
  );
}

export class Outbox<Sent> {
  private entries: readonly Unsent[];
  private readonly busy = new Set<number>();
  private readonly watchers = new Set<() => void>();
  private failures = 0;
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: Options<Sent>) {
    this.entries = this.stored();
  }

  /** The same list until it changes. */
  get all(): readonly Unsent[] {
    return this.entries;
  }

  onChange = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  add(unsent: Unsent): void {
    this.change([...this.entries, unsent]);
    void this.pump(unsent.requestId);
  }

  retry(clientMsgId: string): void {
    this.change(
      this.entries.map(({ refused, ...entry }) =>
        entry.clientMsgId === clientMsgId || refused === undefined ? entry : { ...entry, refused },
      ),
    );
    this.again();
  }

  discard(clientMsgId: string): void {
    this.change(this.entries.filter((entry) => entry.clientMsgId !== clientMsgId));
  }

  /** The connection is back: everything that waits goes at once. */
  again(): void {
    clearTimeout(this.pause);
    this.pause = undefined;
    for (const id of new Set(this.entries.map(({ requestId }) => requestId))) void this.pump(id);
  }

  private next(requestId: number): Unsent | undefined {
    return this.entries.find((entry) => entry.requestId === requestId && !entry.refused);
  }

  private async pump(requestId: number): Promise<void> {
    if (this.busy.has(requestId)) return;
    this.busy.add(requestId);
    try {
      for (let head = this.next(requestId); head; head = this.next(requestId)) {
        if (!(await this.tried(head))) return;
      }
    } finally {
      this.busy.delete(requestId);
    }
  }

  /** Whether the next one may go. */
  private async tried(unsent: Unsent): Promise<boolean> {
    try {
      const sent = await this.options.send(unsent);
      this.failures = 0;
      this.options.onSent(sent, unsent);
      this.discard(unsent.clientMsgId);
      return true;
    } catch (error) {
      if (isForLater(error)) {
        this.later();
        return false;
      }
      const refused = this.options.reasonOf(error);
      this.change(
        this.entries.map((entry) =>
          entry.clientMsgId === unsent.clientMsgId ? { ...entry, refused } : entry,
        ),
      );
      return true;
    }
  }

  private later(): void {
    if (this.pause !== undefined) return;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** this.failures);
    this.failures += 1;
    this.pause = setTimeout(() => this.again(), pauseMs);
  }

  private change(entries: readonly Unsent[]): void {
    this.entries = entries;
    const { storage, storageKey = "" } = this.options;
    if (entries.length > 0) storage?.setItem(storageKey, JSON.stringify(entries));
    else storage?.removeItem(storageKey);
    for (const watcher of this.watchers) watcher();
  }

  private stored(): readonly Unsent[] {
    const { storage, storageKey = "" } = this.options;
    try {
      return JSON.parse(storage?.getItem(storageKey) ?? "[]") as Unsent[];
    } catch {
      return [];
    }
  }
}
