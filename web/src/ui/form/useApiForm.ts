// One form: values, what changed, and the field errors that the server answered.
import { useCallback, useMemo, useState } from "react";
import { ApiError } from "@/api/problem";

type Setter<V> = (value: V) => void;

/** What an input needs: spread it on any Mantine input. */
export type Bound<T> = { value: T; onChange: Setter<T>; error: string | undefined };
type BoundText = {
  value: string;
  onChange: (event: { currentTarget: { value: string } }) => void;
  error: string | undefined;
};

type Options<V, R> = {
  initial: V;
  submit: (values: V) => Promise<R>;
  onDone?: (result: R) => void;
  /** Local checks: a message per field; keep them to what the server would say too. */
  check?: (values: V) => Partial<Record<keyof V & string, string>>;
};

function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Errors of "url", "url.host" and "urls[0]" belong to the field named before the first mark. */
export function fieldErrorsOf(error: unknown, fields: string[]): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const found: Record<string, string> = {};
  for (const [path, message] of Object.entries(error.fields)) {
    const root = path.split(/[.[]/)[0] ?? path;
    if (fields.includes(path)) found[path] = message;
    else if (fields.includes(root)) found[root] ??= message;
  }
  return found;
}

export function useApiForm<V extends object, R>({ initial, submit, onDone, check }: Options<V, R>) {
  type Key = keyof V & string;
  const [base, setBase] = useState(initial);
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({});
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const set = useCallback(<K extends Key>(key: K, value: V[K]) => {
    setValues((before) => ({ ...before, [key]: value }));
    setErrors(({ [key]: _gone, ...rest }) => rest);
  }, []);

  const reset = useCallback((next: V) => {
    setBase(next);
    setValues(next);
    setErrors({});
    setFailure(null);
  }, []);

  const bind = <K extends Key>(key: K): Bound<V[K]> => ({
    value: values[key],
    onChange: (value) => set(key, value),
    error: errors[key],
  });

  const bindText = <K extends Key>(key: K): BoundText => ({
    value: String(values[key] ?? ""),
    onChange: (event) => set(key, event.currentTarget.value as V[K]),
    error: errors[key],
  });

  const save = async () => {
    const local = check?.(values) ?? {};
    setFailure(null);
    setErrors(local);
    if (Object.keys(local).length > 0) return;
    setBusy(true);
    try {
      const result = await submit(values);
      setBase(values);
      onDone?.(result);
    } catch (error) {
      setErrors(fieldErrorsOf(error, Object.keys(values)));
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  const onSubmit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    void save();
  };

  const dirty = useMemo(() => !sameJson(base, values), [base, values]);
  return { values, set, reset, bind, bindText, errors, failure, busy, dirty, save, onSubmit };
}

export type FormOf<V extends object> = ReturnType<typeof useApiForm<V, unknown>>;
