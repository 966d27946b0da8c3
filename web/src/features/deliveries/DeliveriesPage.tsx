// Every call to the outside: what became of it, and sending again.
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { useCan } from "@/features/session";
import { useFormat } from "@/i18n/format";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";
import { kinds, useDeliveryColumns } from "./columns";
import { DeliveryPanel } from "./DeliveryPanel";
import { Held } from "./Held";
import { Overview } from "./Overview";
import { periods } from "./periods";
import { type Delivery, statuses, useDeliveries, useSample } from "./queries";
import { ReplayDialog } from "./ReplayDialog";
import { useEndpointChoices } from "./useEndpointChoices";

type Keys =
  | "endpoint"
  | "kind"
  | "bot_id"
  | "status"
  | "event"
  | "chat_id"
  | "q"
  | "period"
  | "from"
  | "to"
  | "id";

export function DeliveriesPage() {
  const { t } = useTranslation("deliveries");
  const can = useCan();
  const format = useFormat();
  const [{ id, ...filters }, setFilters] = useUrlFilters<Keys>();
  const source = useDeliveries(filters);
  const columns = useDeliveryColumns();
  const endpoints = useEndpointChoices();
  const bots = useBotChoices();
  const events = useEventNames(filters.event);
  const [replaying, setReplaying] = useState(false);

  const filterList = useMemo(
    () => [
      { kind: "search" as const, key: "q", label: t("search") },
      {
        kind: "choice" as const,
        key: "endpoint",
        label: t("endpoint"),
        choices: endpoints,
        searchable: true,
      },
      {
        kind: "choice" as const,
        key: "kind",
        label: t("kindLabel"),
        choices: kinds.map((value) => ({ value, label: t(`kind.${value}`) })),
      },
      {
        kind: "choice" as const,
        key: "bot_id",
        label: t("bot"),
        choices: bots,
        searchable: true,
      },
      {
        kind: "choice" as const,
        key: "status",
        label: t("state"),
        choices: statuses.map((value) => ({ value, label: t(`status.${value}`) })),
      },
      {
        kind: "choice" as const,
        key: "event",
        label: t("event"),
        choices: events.map((value) => ({ value, label: value })),
        searchable: true,
      },
      {
        kind: "choice" as const,
        key: "period",
        label: t("period"),
        choices: (Object.keys(periods) as (keyof typeof periods)[]).map((value) => ({
          value,
          label: t(`periods.${value}`),
        })),
      },
    ],
    [t, endpoints, bots, events],
  );
  const exact = filters.from || filters.to;
  const filtered = Object.values(filters).some(Boolean);

  return (
    <Page
      title={t("title")}
      about={t("about")}
      layout="fill"
      actions={
        can("deliveries.retry") && (
          <Button
            variant="default"
            leftSection={<Icon name="refresh" />}
            onClick={() => setReplaying(true)}
          >
            {t("replay.open")}
          </Button>
        )
      }
    >
      <Held />
      <Overview
        filters={filters}
        onStatus={(status) => setFilters({ status })}
        onPeriod={(from, to) => setFilters({ from, to, period: undefined })}
      />
      <DataTable<Delivery>
        name="deliveries"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={(delivery) => delivery.id}
        onOpen={(delivery) => setFilters({ id: delivery.id })}
        toolbar={
          <>
            <FilterBar
              filters={filterList}
              values={filters}
              onChange={(change) =>
                setFilters(
                  "period" in change ? { ...change, from: undefined, to: undefined } : change,
                )
              }
            />
            {exact && (
              <Button
                mt={8}
                size="compact-sm"
                variant="light"
                rightSection={<Icon name="close" size={12} />}
                onClick={() => setFilters({ from: undefined, to: undefined })}
              >
                {[filters.from, filters.to]
                  .map((moment) => (moment ? format.dateTime(moment) : "…"))
                  .join(" – ")}
              </Button>
            )}
          </>
        }
        empty={
          filtered ? (
            <EmptyState icon="search" title={t("nothingFound")} text={t("nothingFoundText")} />
          ) : (
            <EmptyState icon="send" title={t("empty")} text={t("emptyText")} />
          )
        }
      />
      <DeliveryPanel id={id ?? null} onClose={() => setFilters({ id: undefined })} />
      {replaying && (
        <ReplayDialog
          endpoint={filters.endpoint ?? null}
          endpoints={endpoints}
          onClose={() => setReplaying(false)}
        />
      )}
    </Page>
  );
}

/** Names of events that the log holds lately, and the one that is asked for. */
function useEventNames(asked: string | undefined): string[] {
  const rows = useSample({}).data;
  return useMemo(() => {
    const names = new Set((rows ?? []).map(({ event_name }) => event_name));
    if (asked) names.add(asked);
    return [...names].sort();
  }, [rows, asked]);
}
