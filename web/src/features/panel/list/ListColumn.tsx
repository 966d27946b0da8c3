// The left column: search, order, folders, and the list of the chosen one.
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/features/session";
import { EmptyState, ErrorState, LoadingLines } from "@/ui/feedback/States";
import { useRequests } from "../data/requests";
import type { Folder, Request } from "../types";
import { BotDialogs } from "./BotDialogs";
import { cameOf, isNarrowed } from "./came";
import { Folders } from "./Folders";
import classes from "./List.module.css";
import { ListOf } from "./ListOf";
import { ListTools } from "./ListTools";
import { ManyBar } from "./many/ManyBar";
import { useRowMenu } from "./many/RowMenuAt";
import type { Place } from "./place";
import { RequestRow } from "./RequestRow";
import { StaleLine } from "./StaleLine";
import { useChoosing } from "./useChoosing";
import { VirtualRows } from "./VirtualRows";

type Props = {
  place: Place;
  number?: number;
  onShown: (ids: number[]) => void;
};

export function ListColumn({ place, number, onShown }: Props) {
  const { t } = useTranslation("panel");
  return (
    <section className={classes.column} aria-label={t("list.label")}>
      <div className={classes.head}>
        <ListTools place={place} />
        <Folders current={place.folder} />
        {place.assignee !== undefined && <ListOf operator={place.assignee} />}
      </div>
      {place.folder === "bot" ? (
        <BotDialogs q={place.q} came={cameOf(place)} />
      ) : (
        <Requests place={place} number={number} onShown={onShown} />
      )}
    </section>
  );
}

function Requests({ place, number, onShown }: Props) {
  const { t } = useTranslation("panel");
  const navigate = useNavigate();
  const me = useMe()?.id ?? 0;
  const { folder, sort, q, assignee: assignee_id } = place;
  const came = cameOf(place);
  const asked = { folder: folder === "bot" ? "all" : folder, sort, q, assignee_id, ...came };
  const source = useRequests(asked);
  const open = useCallback(
    ({ id }: Request) =>
      navigate({
        to: "/operator_panel/requests/{-$number}",
        params: { number: String(id) },
        search: true,
      }),
    [navigate],
  );
  const order = useRef<number[]>([]);
  const shown = useCallback(
    (rows: Request[]) => {
      order.current = rows.map(({ id }) => id);
      onShown(order.current);
    },
    [onShown],
  );
  const list = `${folder} ${sort} ${q ?? ""} ${assignee_id ?? ""} ${Object.values(came)}`;
  const choosing = useChoosing(list, source.rows, order, number);
  const menu = useRowMenu(choosing);

  if (source.rows.length === 0) {
    if (source.error) return <ErrorState error={source.error} onRetry={source.refetch} />;
    if (source.isPending) return <Loading />;
    return <Nothing folder={folder} isSearch={Boolean(q) || isNarrowed(came)} />;
  }
  return (
    <>
      {source.error !== null && <StaleLine onRetry={source.refetch} />}
      <VirtualRows
        key={list}
        label={t(`folders.${folder}`)}
        rows={source.rows}
        current={number}
        hasMore={source.hasMore}
        onMore={source.loadMore}
        onOpen={open}
        onShown={shown}
        choosing={choosing}
        onMenu={menu.open}
      >
        {(request, row) => (
          <RequestRow
            request={request}
            me={me}
            withAssignee={folder !== "my"}
            row={row}
            onCheck={choosing.toggle}
          />
        )}
      </VirtualRows>
      <ManyBar rows={source.rows} choosing={choosing} menu={menu} />
    </>
  );
}

function Loading() {
  return (
    <div style={{ padding: "0 16px" }}>
      <LoadingLines rows={10} />
    </div>
  );
}

function Nothing({ folder, isSearch }: { folder: Folder; isSearch: boolean }) {
  const { t } = useTranslation("panel");
  if (isSearch) {
    return <EmptyState icon="search" title={t("empty.search")} text={t("empty.searchText")} />;
  }
  return <EmptyState icon="inbox" title={t(`empty.${folder}`)} text={t(`empty.${folder}Text`)} />;
}
