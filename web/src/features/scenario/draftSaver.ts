// Stores a draft a moment after its last change: one write at a time, each from the revision
// that the one before it gave.
import { ApiError, isTemporary } from "@/api/problem";
import { sameDocument } from "./graph/compare";
import type { Graph } from "./graph/document";

export type SaveState = "saved" | "dirty" | "saving" | "refused" | "waiting" | "conflict";
export type Stored = { rev: number; graph: Graph };

export const pauseMs = 1_200;
export const retryMs = 5_000;

type Door<S extends Stored> = {
  write: (rev: number, graph: Graph) => Promise<{ rev: number }>;
  read: () => Promise<S>;
  onSaved?: (graph: Graph) => void;
};

export type Shown<S> = {
  state: SaveState;
  failure: unknown;
  /** What the server holds instead, in a conflict; null while that is not known. */
  theirs: S | null;
};

function isStale(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409 && error.code === "stale_rev";
}

export class DraftSaver<S extends Stored> {
  private shown: Shown<S> = { state: "saved", failure: null, theirs: null };
  private rev: number;
  private saved: Graph;
  private wanted: Graph;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> | null = null;
  private holds = 0;
  private readonly watchers = new Set<() => void>();

  constructor(
    stored: Stored,
    private readonly door: Door<S>,
  ) {
    this.rev = stored.rev;
    this.saved = stored.graph;
    this.wanted = stored.graph;
  }

  subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  current = (): Shown<S> => this.shown;

  edit(graph: Graph): void {
    if (graph === this.wanted) return;
    this.wanted = graph;
    if (this.shown.state === "conflict") return;
    if (this.writing === null) {
      this.show({ state: graph === this.saved ? "saved" : "dirty", failure: null });
    }
    this.plan(pauseMs);
  }

  /** Whether everything up to now is stored; what is not yet is written at once. */
  settle = async (): Promise<boolean> => {
    this.stop();
    while (this.writing) await this.writing;
    if (this.shown.state === "conflict") return false;
    const graph = this.wanted;
    if (graph !== this.saved) {
      this.writing = this.write(graph);
      await this.writing;
    }
    return this.saved === graph;
  };

  /** `action` begins with everything stored, and nothing is written by itself until it ends. */
  async alone<T>(action: (rev: number) => Promise<T>): Promise<T> {
    this.holds += 1;
    try {
      if (!(await this.settle())) throw this.shown.failure;
      return await action(this.rev);
    } catch (error) {
      if (isStale(error) && this.shown.state !== "conflict") await this.collide(error);
      throw error;
    } finally {
      this.holds -= 1;
      this.plan(pauseMs);
    }
  }

  /** The server's document takes the place of what is open here. */
  take(stored: Stored): void {
    this.stop();
    this.rev = stored.rev;
    this.saved = stored.graph;
    this.wanted = stored.graph;
    this.show({ state: "saved", failure: null, theirs: null });
  }

  /** The server has another document, and it could not be read. */
  lose(failure: unknown): void {
    this.stop();
    this.show({ state: "conflict", failure, theirs: null });
  }

  /** Ends a conflict by writing what is open here over what the server holds; gives the latter. */
  async overwrite(): Promise<S> {
    const theirs = this.shown.theirs ?? (await this.door.read());
    this.rev = theirs.rev;
    this.saved = theirs.graph;
    this.show({ state: "dirty", failure: null, theirs: null });
    await this.settle();
    return theirs;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private plan(pause: number): void {
    this.stop();
    const rests = this.wanted === this.saved && this.writing === null;
    if (this.holds > 0 || rests || this.shown.state === "conflict") return;
    this.timer = setTimeout(() => void this.settle(), pause);
  }

  private async write(graph: Graph): Promise<void> {
    this.show({ state: "saving" });
    try {
      this.store(await this.door.write(this.rev, graph), graph);
    } catch (error) {
      await this.refuse(error, graph);
    } finally {
      this.writing = null;
    }
  }

  private store({ rev }: { rev: number }, graph: Graph): void {
    this.rev = rev;
    this.saved = graph;
    this.show({ state: this.wanted === graph ? "saved" : "dirty", failure: null });
    this.door.onSaved?.(graph);
  }

  private async refuse(error: unknown, graph: Graph): Promise<void> {
    if (isStale(error)) return this.collide(error, graph);
    const again = isTemporary(error);
    this.show({ state: again ? "waiting" : "refused", failure: error });
    // What was typed meanwhile has a time of its own already.
    if (again && this.wanted === graph) this.plan(retryMs);
  }

  /** A write whose answer was lost meets itself: that is no conflict. */
  private async collide(error: unknown, sent?: Graph): Promise<void> {
    const theirs = await this.door.read().catch(() => null);
    if (theirs && sent && sameDocument(theirs.graph, sent)) this.store(theirs, sent);
    else {
      this.stop();
      this.show({ state: "conflict", failure: error, theirs });
    }
  }

  private show(change: Partial<Shown<S>>): void {
    this.shown = { ...this.shown, ...change };
    for (const watcher of this.watchers) watcher();
  }
}
