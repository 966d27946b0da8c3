// One socket for all that is open: topics are listened to from the event that a page has read,
// after a break from the last one heard, so that nothing falls between.

import { bearer, isEmbedded, onBearer } from "./bearer";
import type { Counted, Doing, Frame, Listener, Sign } from "./frames";

type Told = (topic: string, sign: Sign) => void;

const unauthorized = 4401;
const forbidden = 4403;
const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** The server pings every 20 s: a socket that is silent for longer is dead. */
const silentMs = 50_000;
/** When no mark could be had. */
const againMs = 2_000;
/** From one page to the next the socket stays. */
const lingerMs = 5_000;
/** The server forgets who is there after a minute. */
const presentMs = 25_000;
/** Whoever goes on writing says so this often, and is said to have stopped after a while. */
const typingMs = 4_000;
const typedMs = 6_000;

export class Live {
  private socket: WebSocket | null = null;
  private opened = false;
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private leaving: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  /** Up to here everything was heard; null before the first mark is known. */
  private heard: number | null = null;
  private readonly listeners = new Set<Listener>();
  private readonly started = new Set<Listener>();
  private readonly watchers = new Set<() => void>();
  private readonly told = { typing: new Set<Told>(), presence: new Set<Told>() };
  private readonly counting = new Set<(counted: Counted) => void>();
  private readonly present = new Map<string, Doing>();
  private readonly writes = new Map<string, { at: number; end: ReturnType<typeof setTimeout> }>();
  private renewing: ReturnType<typeof setInterval> | undefined;

  /** `token` lets in a page that has no cookie. */
  constructor(
    private readonly address: () => string,
    private readonly token: () => string | null = () => null,
  ) {}

  /** Whether events come at present; else the page has to ask from time to time. */
  get isConnected(): boolean {
    return this.opened;
  }

  onStatus = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  listen(listener: Listener): () => void {
    clearTimeout(this.leaving);
    this.listeners.add(listener);
    this.connect();
    if (this.opened) void this.start(listener);
    return () => this.forget(listener);
  }

  /** Who writes in a topic that is listened to. */
  onTyping = (told: Told): (() => void) => subscribed(this.told.typing, told);

  /** Who looks at a topic that is listened to; those who are there already come first. */
  onPresence = (told: Told): (() => void) => subscribed(this.told.presence, told);

  /** The numbers of the folders; they come with the topic `requests`. */
  onCounters = (counted: (counted: Counted) => void): (() => void) =>
    subscribed(this.counting, counted);

  /** To be called at every key; the others hear it from time to time, and when it is over. */
  sendTyping(topic: string, on = true): void {
    const before = this.writes.get(topic);
    clearTimeout(before?.end);
    if (!on) {
      if (before) this.say({ type: "typing", topic, on: false });
      this.writes.delete(topic);
      return;
    }
    const isNews = !before || Date.now() - before.at >= typingMs;
    if (isNews) this.say({ type: "typing", topic, on: true });
    const end = setTimeout(() => this.sendTyping(topic, false), typedMs);
    this.writes.set(topic, { at: isNews ? Date.now() : before.at, end });
  }

  /** Shown to the others in the topic until it is taken back with null, over breaks too. */
  presence(topic: string, as: Doing | null): void {
    if (as === null) {
      if (this.present.delete(topic)) this.say({ type: "presence", topic, on: false });
    } else if (this.present.get(topic) !== as) {
      this.present.set(topic, as);
      this.showPresence([topic]);
    }
    clearInterval(this.renewing);
    if (this.present.size > 0) {
      this.renewing = setInterval(() => this.showPresence(this.present.keys()), presentMs);
    }
  }

  private showPresence(topics: Iterable<string>): void {
    for (const topic of topics) {
      const as = this.present.get(topic);
      if (as) this.say({ type: "presence", topic, on: true, as });
    }
  }

  /** Try at once, as after a new sign-in. */
  again(): void {
    if (this.socket) return;
    this.failures = 0;
    this.connect();
  }

  /** A new token takes the place of one that ends soon, or opens what was closed. */
  renewed(): void {
    if (this.opened) this.showToken();
    else this.again();
  }

  private showToken(): void {
    const token = this.token();
    if (token !== null) this.say({ type: "auth", token });
  }

  private forget(listener: Listener): void {
    this.listeners.delete(listener);
    this.started.delete(listener);
    const isLast = ![...this.listeners].some(({ topic }) => topic === listener.topic);
    if (isLast) this.say({ type: "unsubscribe", topics: [listener.topic] });
    if (this.listeners.size === 0) this.leaving = setTimeout(() => this.end(), lingerMs);
  }

  private end(): void {
    clearTimeout(this.retry);
    this.heard = null;
    this.socket?.close();
  }

  private connect(): void {
    clearTimeout(this.retry);
    if (this.socket || this.listeners.size === 0) return;
    const socket = new WebSocket(this.address());
    this.socket = socket;
    socket.onopen = () => this.begin();
    socket.onmessage = (message) => this.take(JSON.parse(String(message.data)) as Frame);
    socket.onclose = ({ code }) => this.lost(code);
  }

  private begin(): void {
    this.setOpened(true);
    this.stayAwake();
    this.showToken();
    const known = [...this.started];
    if (this.heard !== null && known.length > 0) {
      const topics = [...new Set(known.map(({ topic }) => topic))];
      this.say({ type: "subscribe", topics, since: this.heard });
      this.showPresence(topics);
    }
    for (const listener of this.listeners) {
      if (!this.started.has(listener)) void this.start(listener);
    }
  }

  /** First the mark, then the subscription from there, then the data once more. */
  private async start(listener: Listener): Promise<void> {
    const socket = this.socket;
    const since = await listener.mark().catch(() => null);
    if (this.socket !== socket || !this.listeners.has(listener)) return;
    if (since === null) {
      setTimeout(() => this.socket === socket && this.start(listener), againMs);
      return;
    }
    this.heard = this.heard === null ? since : Math.min(this.heard, since);
    this.started.add(listener);
    this.say({ type: "subscribe", topics: [listener.topic], since });
    this.showPresence([listener.topic]);
    listener.onStale();
  }

  private take(frame: Frame): void {
    this.failures = 0;
    this.stayAwake();
    if (frame.type === "resync") {
      this.heard = null;
      for (const listener of this.started) listener.onStale();
    } else if (frame.type === "event") {
      this.heard = Math.max(this.heard ?? 0, frame.id);
      for (const listener of this.started) listener.onEvent(frame);
    } else if (frame.type === "typing" || frame.type === "presence") {
      for (const told of this.told[frame.type]) told(frame.topic, frame.data);
    } else if (frame.type === "counters") {
      for (const counted of this.counting) counted(frame);
    }
  }

  private lost(code: number): void {
    clearTimeout(this.silence);
    this.socket = null;
    this.setOpened(false);
    if (code === forbidden || this.heard === null) {
      // other rights show other things: everyone begins anew
      this.started.clear();
      this.heard = null;
    }
    // a token may have been renewed just as the old one ended
    const isOut = code === unauthorized && this.token() === null;
    if (isOut || this.listeners.size === 0) return;
    const longest = Math.min(longestDelayMs, firstDelayMs * 2 ** this.failures);
    this.failures += code === forbidden || code === unauthorized ? 6 : 1;
    this.retry = setTimeout(() => this.connect(), longest * (0.5 + Math.random() / 2));
  }

  private stayAwake(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.socket?.close(), silentMs);
  }

  private say(frame: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private setOpened(opened: boolean): void {
    if (this.opened === opened) return;
    this.opened = opened;
    for (const watcher of this.watchers) watcher();
  }
}

function subscribed<T>(all: Set<T>, one: T): () => void {
  all.add(one);
  return () => {
    all.delete(one);
  };
}

const path = isEmbedded ? "/api/v1/ws?by=token" : "/api/v1/ws";

export const live = new Live(
  () => `${window.location.origin.replace(/^http/, "ws")}${path}`,
  bearer,
);
onBearer(() => live.renewed());
