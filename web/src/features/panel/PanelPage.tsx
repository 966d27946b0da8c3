// The operators' workspace: folders and requests, the opened one, and what belongs to it.
import { Drawer } from "@mantine/core";
import { useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/features/session";
import { EmptyState } from "@/ui/feedback/States";
import { setTitle } from "@/ui/page/title";
import { useDraftsDriver } from "./data/drafts";
import { usePanelLive } from "./data/live";
import { useOutboxDriver } from "./data/outbox";
import { useRequest } from "./data/requests";
import { LostBanner } from "./LostBanner";
import { ListColumn } from "./list/ListColumn";
import type { Place } from "./list/place";
import classes from "./Panel.module.css";
import { Side } from "./side/Side";
import { type SideState, useSide } from "./side/useSide";
import { Talk } from "./talk/Talk";
import { useListKeys } from "./useListKeys";
import { useStrayFiles } from "./useStrayFiles";

/** `alone`: an opened request without the list beside it. */
type Props = { number?: number; place: Place; alone?: boolean };

export function PanelPage({ number, place, alone = false }: Props) {
  const { t } = useTranslation("panel");
  const me = useMe()?.id ?? 0;
  const order = useRef<number[]>([]);
  usePanelLive(me, useSeen(number));
  useOutboxDriver();
  useDraftsDriver(me);
  useListKeys(order, number);
  useStrayFiles(useRequest(number).data);
  const title = number === undefined ? t("title") : t("titleOf", { id: number });
  useEffect(() => setTitle(title), [title]);
  const onShown = useCallback((ids: number[]) => {
    order.current = ids;
  }, []);
  const side = useSide(number);

  return (
    <div className={classes.panel}>
      <h1 className="visually-hidden">{t("title")}</h1>
      <LostBanner />
      <div
        className={classes.columns}
        data-alone={(alone && number !== undefined) || undefined}
        data-open={number !== undefined || undefined}
        data-side={(side.isColumn && number !== undefined) || undefined}
      >
        {!(alone && number !== undefined) && (
          <ListColumn place={place} number={number} onShown={onShown} />
        )}
        {number === undefined ? (
          <div className={classes.nothing}>
            <EmptyState icon="message" title={t("nothing")} text={t("nothingText")} />
          </div>
        ) : (
          <>
            <Talk number={number} sideOpen={side.isOpen} onSide={side.toggle} />
            <SideOf number={number} side={side} />
          </>
        )}
      </div>
    </div>
  );
}

/** What may not be seen cannot be listened to either. */
function useSeen(number: number | undefined): number | undefined {
  const { isSuccess } = useRequest(number);
  return isSuccess ? number : undefined;
}

function SideOf({ number, side }: { number: number; side: SideState }) {
  const { t } = useTranslation("panel");
  const details = useRequest(number).data;
  const hide = useRef(side.hide);
  hide.current = side.hide;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another request, another look
  useEffect(() => hide.current(), [number]);
  const shown = details && (
    <Side details={details} wanted={side.wanted} onFound={side.found} stands={side.isColumn} />
  );
  if (side.isColumn) return shown ?? <aside />;
  return (
    <Drawer
      opened={side.isDrawn && details !== undefined}
      onClose={side.hide}
      size={320}
      padding={0}
      title={t("side.label")}
      closeButtonProps={{ "aria-label": t("side.close") }}
      styles={{ header: { padding: "8px 12px" } }}
      classNames={{ body: classes.drawer }}
    >
      {shown}
    </Drawer>
  );
}
