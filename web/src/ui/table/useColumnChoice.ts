// The columns a user wants to see in one table, kept on this device.
import { useLocalStorage } from "@mantine/hooks";
import { useCallback } from "react";
import type { Column } from "./columns";

type Visibility = Record<string, boolean>;

export function useColumnChoice<Row>(name: string, columns: Column<Row>[]) {
  const [chosen, setChosen] = useLocalStorage<Visibility>({
    key: `connective.columns.${name}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const defaults = Object.fromEntries(columns.map(({ id, hidden }) => [id, !hidden]));
  const visibility: Visibility = { ...defaults, ...chosen };
  const change = useCallback(
    (update: Visibility | ((before: Visibility) => Visibility)) =>
      setChosen((before) => (typeof update === "function" ? update(before) : update)),
    [setChosen],
  );
  return [visibility, change] as const;
}
