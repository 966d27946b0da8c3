// The menu of a row, where the pointer or the focus is: the actions of the bar, for what is chosen.
import { Menu } from "@mantine/core";
import { type MouseEvent, useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import type { Choosing } from "../useChoosing";
import type { ManyAction } from "./actions";
import classes from "./Many.module.css";

type Spot = { x: number; y: number; id: number; alone: boolean };
export type RowMenuState = {
  spot: Spot | null;
  open: (id: number, event: MouseEvent<HTMLElement>) => void;
  close: () => void;
};

/** A row outside the choice becomes the choice. */
export function useRowMenu(choosing: Choosing): RowMenuState {
  const [spot, setSpot] = useState<Spot | null>(null);
  const latest = useRef(choosing);
  latest.current = choosing;
  const open = useCallback((id: number, event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    const alone = !latest.current.ids.has(id);
    if (alone) latest.current.set([id]);
    const box = event.currentTarget.getBoundingClientRect();
    // The key gives no place, or the corner of the page.
    const isHere = event.clientY > box.top && event.clientY < box.bottom;
    const [x, y] = isHere ? [event.clientX, event.clientY] : [box.left + 24, box.top + 24];
    setSpot({ x, y, id, alone });
  }, []);
  const close = useCallback(() => setSpot(null), []);
  return { spot, open, close };
}

type Props = { menu: RowMenuState; choosing: Choosing; actions: ManyAction[] };

export function RowMenuAt({ menu, choosing, actions }: Props) {
  const { t } = useTranslation("panelMany");
  const picked = useRef(false);
  const { spot, close } = menu;
  const leave = () => {
    if (spot && !picked.current) {
      if (spot.alone) choosing.clear();
      document.querySelector<HTMLElement>(`[data-request="${spot.id}"]`)?.focus();
    }
    picked.current = false;
    close();
  };
  return (
    <Menu
      opened={spot !== null}
      onChange={(opened) => !opened && leave()}
      position="bottom-start"
      offset={0}
      width={220}
      returnFocus={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={t("label")}
          className={classes.spot}
          style={{ left: spot?.x ?? 0, top: spot?.y ?? 0 }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map(({ icon, label, run }) => (
          <Menu.Item
            key={label}
            leftSection={<Icon name={icon} />}
            onClick={() => {
              picked.current = true;
              run();
            }}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
