// The steps of an edited value back and forth, the last hundred of them.
export type History<T> = { past: T[]; present: T; future: T[] };

export const depth = 100;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/** `merge` folds the change into the step before: typing is one step, not one a key. */
export function record<T>(history: History<T>, present: T, merge = false): History<T> {
  if (present === history.present) return history;
  const past = merge ? history.past : [...history.past, history.present].slice(-depth);
  return { past, present, future: [] };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future };
}
