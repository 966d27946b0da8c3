// The chosen rows of a list: by mouse with Ctrl and Shift, by keys, by the boxes of the rows.
import { type RefObject, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useHotkey } from "@/ui/keys/useHotkey";
import { allOf, kept, nothingChosen, reached, stepped, toggled } from "../logic/selection";

export type Choosing = {
  ids: ReadonlySet<number>;
  toggle: (id: number) => void;
  /** From where the last choice was made to this row. */
  reach: (id: number) => void;
  /** From one row to the next with Shift. */
  step: (left: number, entered: number) => void;
  set: (ids: number[]) => void;
  clear: () => void;
};

/** The request whose row has the focus, when one has it. */
function focusedId(): number | null {
  const row = document.activeElement?.closest<HTMLElement>("[role=option][data-request]");
  return row ? Number(row.dataset.request) : null;
}

/**
 * `order`: the ids as they are shown. `current`: the opened request, which keys and ranges go by
 * where no row has the focus. Another `list` begins with nothing chosen.
 */
export function useChoosing(
  list: string,
  rows: readonly { id: number }[],
  order: RefObject<number[]>,
  current: number | undefined,
): Choosing {
  const { t } = useTranslation("panel");
  const [selection, choose] = useState(nothingChosen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, another choice
  useEffect(() => choose(nothingChosen), [list]);
  useEffect(() => choose((before) => kept(before, rows)), [rows]);

  const toggle = useCallback((id: number) => choose((before) => toggled(before, id)), []);
  const reach = useCallback(
    (id: number) =>
      choose((before) => {
        const from = before.from ?? current ?? id;
        return reached({ ...before, from }, order.current, id);
      }),
    [current, order],
  );
  const step = useCallback(
    (left: number, entered: number) =>
      choose((before) => stepped(before, order.current, [left, entered])),
    [order],
  );
  const set = useCallback((ids: number[]) => choose(allOf(ids)), []);
  const clear = useCallback(() => choose(nothingChosen), []);

  const toggleHere = () => {
    const id = focusedId() ?? current;
    if (id === undefined || !order.current.includes(id)) return false;
    toggle(id);
    return true;
  };
  useHotkey("choose", t("keys.choose"), toggleHere);
  useHotkey("mod+Space", t("keys.choose"), toggleHere);
  useHotkey("mod+KeyA", t("keys.chooseAll"), () => {
    if (focusedId() === null) return false;
    set(order.current);
    return true;
  });
  // Rows answer to these themselves, since the focus goes along; here they are told of.
  useHotkey("shift+ArrowUp", t("keys.chooseUp"), () => false);
  useHotkey("shift+ArrowDown", t("keys.chooseDown"), () => false);

  const { ids } = selection;
  return useMemo(
    () => ({ ids, toggle, reach, step, set, clear }),
    [ids, toggle, reach, step, set, clear],
  );
}
