// Words begun and not sent, kept per request in this browser.
export type Draft = { reply: string; note: string };

const nothing: Draft = { reply: "", note: "" };
const prefix = "connective.draft.";
const listeners = new Set<() => void>();
const known = new Map<string, Draft>();

const keyOf = (userId: number, requestId: number) => `${prefix}${userId}.${requestId}`;

function stored(key: string): Draft {
  try {
    return { ...nothing, ...(JSON.parse(window.localStorage.getItem(key) ?? "{}") as Draft) };
  } catch {
    return nothing;
  }
}

/** The same object until it changes. */
export function draftOf(userId: number, requestId: number): Draft {
  const key = keyOf(userId, requestId);
  const found = known.get(key) ?? stored(key);
  known.set(key, found);
  return found;
}

export function keepDraft(userId: number, requestId: number, change: Partial<Draft>): void {
  const key = keyOf(userId, requestId);
  const draft = { ...draftOf(userId, requestId), ...change };
  known.set(key, draft);
  if (draft.reply || draft.note) window.localStorage.setItem(key, JSON.stringify(draft));
  else window.localStorage.removeItem(key);
  announce();
}

export function onDrafts(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("storage", fromOtherTab);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("storage", fromOtherTab);
  };
}

function announce(): void {
  for (const listener of listeners) listener();
}

function fromOtherTab({ key }: StorageEvent): void {
  if (key !== null && !key.startsWith(prefix)) return;
  if (key === null) known.clear();
  else known.delete(key);
  announce();
}
