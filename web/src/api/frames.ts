// What goes over the socket, and what listeners of it are.

export type LiveEvent = { id: number; kind: string; data: Record<string, unknown> };

export type Listener = {
  topic: string;
  /** An event id read before the data that the listener will then show (X-Event-Id). */
  mark: () => Promise<number | null>;
  onEvent: (event: LiveEvent) => void;
  /** What is shown has to be read anew. */
  onStale: () => void;
};

/** Somebody who looks at a topic, or writes there. */
export type Who = { kind: "user" | "key" | "client"; id: number | null; name: string };
export type Doing = "viewing" | "typing";
export type Sign = { who: Who; on: boolean; as?: Doing };
/** Numbers of one's own folders. */
export type Counted = { kind: string; data: Record<string, unknown> };

export type Frame =
  | ({ type: "event" } & LiveEvent)
  | { type: "typing" | "presence"; topic: string; data: Sign }
  | ({ type: "counters" } & Counted)
  | { type: "resync" }
  | { type: "ping" };
