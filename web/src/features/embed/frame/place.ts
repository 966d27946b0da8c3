// What the frame shows now: a chat, a client, or why there is none.
import type { components } from "@/api/schema";
import type { Data } from "./protocol";

export type Client = components["schemas"]["EmbedClient"];
export type View = "list" | "chat" | "client";
export type Place =
  | { kind: "panel" }
  | { kind: "client"; number: number }
  | { kind: "silent"; client: Client }
  | { kind: "unknown"; message: string; context: Data };

type Looks = { theme: "light" | "dark" | "auto"; view: View; place: Place };

const asked = new URLSearchParams(window.location.search);

export function themeOf(word: unknown): Looks["theme"] {
  return word === "light" || word === "dark" ? word : "auto";
}

function viewOf(word: unknown): View {
  return word === "chat" || word === "client" ? word : "list";
}

class Kept {
  private looks: Looks = {
    theme: themeOf(asked.get("theme")),
    view: viewOf(asked.get("view")),
    place: { kind: "panel" },
  };
  private readonly watchers = new Set<() => void>();

  get = (): Looks => this.looks;

  set(change: Partial<Looks>): void {
    this.looks = { ...this.looks, ...change };
    for (const watcher of this.watchers) watcher();
  }

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };
}

export const looks = new Kept();
