// Binds one key while a component is on screen.
import { useEffect, useRef } from "react";
import { register } from "./hotkeys";

export function useHotkey(
  combo: string,
  label: string,
  run: (event: KeyboardEvent) => unknown,
): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(
    () => register({ combo, label, run: (event) => latest.current(event) }),
    [combo, label],
  );
}
