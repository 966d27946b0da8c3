// Binds one key while a component is on screen: that of an action, or a combination of its own.
import { useEffect, useRef } from "react";
import { type KeyAction, useKeysOf } from "./bindings";
import { register } from "./hotkeys";

export function useHotkey(
  name: KeyAction | (string & {}),
  label: string,
  run: (event: KeyboardEvent) => unknown,
): void {
  const combo = useKeysOf(name);
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (combo === "") return undefined;
    return register({ combo, label, run: (event) => latest.current(event) });
  }, [combo, label]);
}
