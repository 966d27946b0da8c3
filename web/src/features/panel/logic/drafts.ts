// Words begun and not sent: kept in this browser, and marked until the server has them too.
export const draftKinds = ["reply", "note"] as const;
export type DraftKind = (typeof draftKinds)[number];
export type Draft = Record<DraftKind, string>;

/** `at`: when it was written (ms); `due`: the server does not have it yet. */
type Words = { text: string; at: number; due: boolean };
type Kept = Partial<Record<DraftKind, Words>>;
/** A draft as the server tells it. */
export type Told = { request_id: number; kind: DraftKind; text: string; written_at: string };
export type Due = { requestId: number; kind: DraftKind; text: string; at: number };

const prefix = "connective.draft.";
const listeners = new Set<() => void>();
const known = new Map<string, { kept: Kept; shown: Draft }>();

const keyOf = (userId: number, requestId: number) => `${prefix}${userId}.${requestId}`;

function stored(key: string): Kept {
  try {
    return JSON.parse(window.localStorage.getItem(key) ?? "{}") as Kept;
  } catch {
    return {};
  }
}

function entry(key: string, kept = known.get(key)?.kept ?? stored(key)) {
  const found = known.get(key);
  if (found?.kept === kept) return found;
  const shown = { reply: kept.reply?.text ?? "", note: kept.note?.text ?? "" };
  known.set(key, { kept, shown });
  return { kept, shown };
}

/** The same object until it changes. */
export function draftOf(userId: number, requestId: number): Draft {
  return entry(keyOf(userId, requestId)).shown;
}

function put(key: string, kind: DraftKind, words: Words): void {
  const kept = { ...entry(key).kept, [kind]: words };
  entry(key, kept);
  const isNeeded = draftKinds.some((one) => kept[one]?.text || kept[one]?.due);
  if (isNeeded) window.localStorage.setItem(key, JSON.stringify(kept));
  else window.localStorage.removeItem(key);
  announce();
}

export function keepDraft(userId: number, requestId: number, change: Partial<Draft>): void {
  for (const kind of draftKinds) {
    const text = change[kind];
    if (text === undefined) continue;
    put(keyOf(userId, requestId), kind, { text, at: Date.now(), due: true });
  }
}

/** The server's draft, which another device has written: the later words stay. */
export function takeDraft(userId: number, told: Told): void {
  const { request_id, kind, text, written_at } = told;
  const key = keyOf(userId, request_id);
  const own = entry(key).kept[kind];
  const at = Date.parse(written_at);
  if (own && (own.due || own.text === text) && own.at >= at) return;
  put(key, kind, { text, at, due: false });
}

/** The server has what was written here, or refused it (null); what was typed since stays due. */
export function settleDraft(userId: number, due: Due, told: Told | null): void {
  const key = keyOf(userId, due.requestId);
  if (entry(key).kept[due.kind]?.at !== due.at) return;
  put(key, due.kind, { text: told?.text ?? due.text, at: due.at, due: false });
}

/** All of somebody's drafts in this browser, by request. */
function* ofUser(userId: number): Generator<[number, Kept]> {
  for (const key of Object.keys(window.localStorage)) {
    if (!key.startsWith(keyOf(userId, 0).slice(0, -1))) continue;
    yield [Number(key.split(".").at(-1)), entry(key).kept];
  }
}

export function dueDrafts(userId: number): Due[] {
  return [...ofUser(userId)].flatMap(([requestId, kept]) =>
    draftKinds.flatMap((kind) => {
      const words = kept[kind];
      return words?.due ? [{ requestId, kind, text: words.text, at: words.at }] : [];
    }),
  );
}

/** Everything that the server has: what it has no more was sent or emptied elsewhere. */
export function takeAllDrafts(userId: number, all: Told[]): void {
  const there = new Set(all.map(({ request_id, kind }) => `${request_id} ${kind}`));
  for (const [requestId, kept] of [...ofUser(userId)]) {
    for (const kind of draftKinds) {
      const words = kept[kind];
      if (!words || words.due || there.has(`${requestId} ${kind}`)) continue;
      put(keyOf(userId, requestId), kind, { ...words, text: "" });
    }
  }
  for (const told of all) takeDraft(userId, told);
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
