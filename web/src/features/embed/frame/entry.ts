// Lets the operator in by tokens that the page around gives, and keeps him in.

import { endOf, setBearer } from "@/api/bearer";
import { ApiError } from "@/api/problem";
import { isSessionAwaited, onSessionChange, sessionRestored } from "@/api/session";
import type { Data, Heard } from "./protocol";

export type Session = { user_id: number; title: string; context: Data };
export type Entry =
  | { step: "starting" }
  | { step: "outside"; why: Error | null }
  | { step: "forbidden"; why: Error }
  | { step: "in"; session: Session; paused: Error | null };

/** What the entry needs of its surroundings. */
type Surroundings = {
  isThere: boolean;
  tell: (type: string, data?: Data, id?: string | null) => void;
  /** Who is let in by the token that is set now; throws what the server refuses with. */
  check: () => Promise<Session>;
  /** Renews the token of someone who signed in here, and tells when it ends; null for others. */
  renewed: () => Promise<number | null>;
  /** Another operator sees nothing of the one before him. */
  forget: () => void;
};

const renewedBeforeMs = 60_000;
/** A page that answers nothing by then does not know how. */
const patienceMs = 10_000;

export class Entrance {
  private entry: Entry = { step: "starting" };
  private user: number | null = null;
  private told = false;
  private renewal: ReturnType<typeof setTimeout> | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private readonly watchers = new Set<() => void>();

  constructor(private readonly around: Surroundings) {
    onSessionChange(() => {
      if (isSessionAwaited() && this.entry.step === "in") void this.again("expired");
    });
  }

  get = (): Entry => this.entry;

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** With the token of the address, else with one of the page around, else by a sign-in. */
  async start(token: string | null): Promise<void> {
    if (token !== null) await this.enter(token);
    else if (this.around.isThere) this.ask("first");
    else this.set({ step: "outside", why: null });
  }

  async hear({ type, id, data }: Heard): Promise<void> {
    if (type !== "token") return;
    if (typeof data.token === "string") await this.enter(data.token, id);
    else {
      clearTimeout(this.patience);
      this.required(null, id);
    }
  }

  async enter(token: string, id: string | null = null): Promise<void> {
    setBearer(token);
    await this.entered(endOf(token), id);
  }

  /** Somebody is let in by the bearer that is set: find out who. */
  async entered(ends: number | null, id: string | null = null): Promise<void> {
    clearTimeout(this.patience);
    try {
      const session = await this.around.check();
      if (this.user !== null && this.user !== session.user_id) this.around.forget();
      this.user = session.user_id;
      this.set({ step: "in", session, paused: null });
      sessionRestored();
      this.renewAt(ends);
      if (!this.told) this.around.tell("ready", { title: session.title });
      this.told = true;
    } catch (error) {
      this.refused(error as Error, id);
    }
  }

  /** A new token: by his own sign-in where there was one, else from the page around. */
  private async again(reason: "renew" | "expired"): Promise<void> {
    const ends = await this.around.renewed();
    if (ends === null) this.ask(reason);
    else await this.entered(ends);
  }

  /** Asks the page around for a token. */
  ask(reason: "first" | "renew" | "expired"): void {
    clearTimeout(this.patience);
    if (!this.around.isThere) {
      this.required(null, null);
      return;
    }
    this.around.tell("token", { reason });
    if (reason !== "renew") {
      this.patience = setTimeout(() => this.required(null, null), patienceMs);
    }
  }

  /** Nobody is in any more; what was written stays in this browser. */
  leave(id: string | null): void {
    clearTimeout(this.renewal);
    setBearer(null);
    this.around.forget();
    this.user = null;
    this.set({ step: "outside", why: null });
    this.around.tell("auth_required", { code: "signed_out", message: "Signed out" }, id);
  }

  private refused(error: Error, id: string | null): void {
    const status = error instanceof ApiError ? error.status : 0;
    const code = error instanceof ApiError ? error.code : "failed";
    if (status === 403 && code !== "embed_wrong_parent") {
      this.set({ step: "forbidden", why: error });
      this.around.tell("error", { code, message: error.message }, id);
    } else {
      this.required(error, id);
    }
  }

  private required(why: Error | null, id: string | null): void {
    const code = why instanceof ApiError ? why.code : "no_token";
    const reason = why ?? new Error("");
    if (this.entry.step === "in") this.set({ ...this.entry, paused: reason });
    else this.set({ step: "outside", why });
    this.around.tell("auth_required", { code, message: reason.message }, id);
  }

  private renewAt(ends: number | null): void {
    clearTimeout(this.renewal);
    if (ends === null) return;
    const inMs = Math.max(ends - Date.now() - renewedBeforeMs, 1_000);
    this.renewal = setTimeout(() => void this.again("renew"), inMs);
  }

  private set(entry: Entry): void {
    this.entry = entry;
    for (const watcher of this.watchers) watcher();
  }
}
