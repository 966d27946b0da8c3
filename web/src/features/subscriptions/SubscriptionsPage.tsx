// Who may be written to first, in which chat, and what that rests on.
import { Menu } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { useCan } from "@/features/session";
import { CopyField } from "@/ui/CopyField";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/page/Page";
import { RelativeTime } from "@/ui/RelativeTime";
import { RowMenu } from "@/ui/RowMenu";
import { SidePanel } from "@/ui/SidePanel";
import { StatusBadge } from "@/ui/StatusBadge";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/DataTable";
import { ConsentShown, useWhy } from "./ConsentShown";
import { type Subscription, useChangeSubscription, useSubscriptions } from "./queries";

export function SubscriptionsPage() {
  const { t } = useTranslation("subscriptions");
  const [filters, setFilters] = useUrlFilters<"external_id" | "phone" | "status" | "channel">();
  const source = useSubscriptions({
    external_id: filters.external_id || undefined,
    phone: filters.phone || undefined,
    channel: filters.channel || undefined,
    status: filters.status === "unsubscribed" ? "unsubscribed" : statusOf(filters.status),
  });
  const [open, setOpen] = useState<Subscription | null>(null);
  const columns = useColumns();
  const list = useFilters();
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <Page title={t("title")} about={t("about")} layout="fill">
      <DataTable
        name="subscriptions"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={(one) => one.id}
        onOpen={setOpen}
        toolbar={<FilterBar filters={list} values={filters} onChange={setFilters} />}
        empty={
          isFiltered ? (
            <EmptyState icon="search" title={t("nothingFound")} />
          ) : (
            <EmptyState icon="bell" title={t("empty")} text={t("emptyText")} />
          )
        }
      />
      {open && (
        <SidePanel opened title={open.client_name} onClose={() => setOpen(null)}>
          <ConsentShown subscription={open} />
          <CopyField label={t("page")} value={open.unsubscribe_url} />
        </SidePanel>
      )}
    </Page>
  );
}

function statusOf(text: string | undefined) {
  return text === "subscribed" ? "subscribed" : undefined;
}

function useFilters() {
  const { t } = useTranslation("subscriptions");
  return useMemo(
    () => [
      { kind: "search" as const, key: "external_id", label: t("externalId") },
      { kind: "search" as const, key: "phone", label: t("phone") },
      {
        kind: "choice" as const,
        key: "status",
        label: t("status"),
        choices: [
          { value: "subscribed", label: t("subscribed") },
          { value: "unsubscribed", label: t("unsubscribed") },
        ],
      },
    ],
    [t],
  );
}

function useColumns(): Column<Subscription>[] {
  const { t } = useTranslation(["subscriptions", "common"]);
  const mayEdit = useCan()("clients.edit");
  const channelName = useChannelName();
  const why = useWhy();
  const { mutate } = useChangeSubscription();
  return useMemo(() => {
    const columns: Column<Subscription>[] = [
      {
        id: "client",
        header: t("subscriptions:client"),
        fixed: true,
        cell: (one) => <TwoLines main={one.client_name} sub={one.phone ?? one.chat_id} />,
      },
      {
        id: "external",
        header: t("subscriptions:externalId"),
        width: 160,
        cell: (one) => one.external_ids.join(", ") || "–",
      },
      {
        id: "channel",
        header: t("subscriptions:channel"),
        width: 150,
        cell: (one) => channelName(one.channel),
      },
      {
        id: "status",
        header: t("subscriptions:status"),
        width: 190,
        cell: (one) => (
          <StatusBadge tone={one.status === "subscribed" ? "ok" : "idle"}>
            {one.preferred ? t("subscriptions:preferred") : t(`subscriptions:${one.status}`)}
          </StatusBadge>
        ),
      },
      {
        id: "why",
        header: t("subscriptions:why"),
        width: 190,
        cell: (one) => why(one.why),
      },
      {
        id: "changed",
        header: t("subscriptions:changed"),
        width: 150,
        cell: (one) => <RelativeTime at={one.changed_at} empty="–" />,
      },
    ];
    if (mayEdit) {
      const menu = (one: Subscription) => (
        <RowMenu name={one.client_name}>
          <Menu.Item
            leftSection={<Icon name={one.status === "subscribed" ? "bellOff" : "bell"} />}
            onClick={() =>
              mutate({
                id: one.id,
                status: one.status === "subscribed" ? "unsubscribed" : "subscribed",
              })
            }
          >
            {t(`subscriptions:turn.${one.status}`)}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name="pin" />}
            onClick={() => mutate({ id: one.id, preferred: !one.preferred })}
          >
            {one.preferred ? t("subscriptions:notPreferred") : t("subscriptions:prefer")}
          </Menu.Item>
        </RowMenu>
      );
      columns.push({ id: "menu", header: "", width: 56, fixed: true, align: "end", cell: menu });
    }
    return columns;
  }, [t, mayEdit, channelName, why, mutate]);
}
