// The page around the panel: told and heard by messages, of its own origin alone.
import {
  type Data,
  type Heard,
  heardIn,
  parentOriginOf,
  source,
  type Told,
  version,
} from "./protocol";

const asked = new URLSearchParams(window.location.search);

class Parent {
  private readonly hearers = new Set<(heard: Heard) => void>();

  constructor(
    private readonly page: Window | null,
    readonly origin: string | null,
  ) {
    window.addEventListener("message", (event) => {
      if (!this.isThere || event.source !== this.page || event.origin !== this.origin) return;
      const heard = heardIn(event.data);
      if (heard) for (const hear of this.hearers) hear(heard);
    });
  }

  get isThere(): boolean {
    return this.page !== null && this.origin !== null;
  }

  tell(type: Told | (string & {}), data: Data = {}, id: string | null = null): void {
    if (this.origin === null) return;
    this.page?.postMessage({ source, v: version, type, id, data }, this.origin);
  }

  hear(hearer: (heard: Heard) => void): () => void {
    this.hearers.add(hearer);
    return () => {
      this.hearers.delete(hearer);
    };
  }
}

export const parent = new Parent(
  window.parent === window ? null : window.parent,
  parentOriginOf({
    ancestors: window.location.ancestorOrigins ? [...window.location.ancestorOrigins] : [],
    referrer: document.referrer,
    asked: asked.get("origin"),
  }),
);
