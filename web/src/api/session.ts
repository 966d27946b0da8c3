// Holds calls that got a 401 until the user has signed in again, without losing the page.

type Listener = () => void;

let pending: {
  promise: Promise<void>;
  resolve: () => void;
  reject: (reason: Error) => void;
} | null = null;
const listeners = new Set<Listener>();

function announce(): void {
  for (const listener of listeners) listener();
}

/** Resolves when the session is there again; rejects when the user gave up. */
export function sessionAgain(): Promise<void> {
  if (pending) return pending.promise;
  pending = Promise.withResolvers<void>();
  announce();
  return pending.promise;
}

export function sessionRestored(): void {
  pending?.resolve();
  pending = null;
  announce();
}

export function sessionAbandoned(): void {
  pending?.reject(new Error("signed out"));
  pending = null;
  announce();
}

export function isSessionAwaited(): boolean {
  return pending !== null;
}

export function onSessionChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
