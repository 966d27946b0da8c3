// The columns of the delivery log.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "@/ui/RelativeTime";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { NextTry } from "./NextTry";
import type { Delivery } from "./queries";
import { StatusWord } from "./StatusWord";

export function useDeliveryColumns(): Column<Delivery>[] {
  const { t } = useTranslation("deliveries");
  return useMemo(
    () => [
      {
        id: "event",
        header: t("event"),
        width: 240,
        fixed: true,
        cell: (delivery) => (
          <TwoLines main={<code>{delivery.event_name}</code>} sub={delivery.id} />
        ),
      },
      {
        id: "endpoint",
        header: t("endpoint"),
        width: 180,
        cell: (delivery) => (
          <TwoLines main={delivery.endpoint_name} sub={t(kindKey(delivery.kind))} />
        ),
      },
      {
        id: "status",
        header: t("state"),
        width: 140,
        rigid: true,
        cell: (delivery) => <StatusWord delivery={delivery} />,
      },
      {
        id: "attempts",
        header: t("attempts"),
        width: 110,
        align: "end",
        cell: (delivery) => delivery.attempts_made,
      },
      {
        id: "chat",
        header: t("chat"),
        width: 160,
        cell: (delivery) => (
          <TwoLines
            main={delivery.chat_id ?? "–"}
            sub={
              delivery.sequence === null || delivery.chat_id === null
                ? undefined
                : t("sequence", { n: delivery.sequence })
            }
          />
        ),
      },
      {
        id: "created",
        header: t("created"),
        width: 150,
        cell: (delivery) => <RelativeTime at={delivery.created_at} />,
      },
      {
        id: "next",
        header: t("next"),
        width: 150,
        cell: (delivery) => <NextTry delivery={delivery} />,
      },
      {
        id: "error",
        header: t("lastError"),
        hidden: true,
        cell: (delivery) => delivery.last_error ?? "–",
      },
    ],
    [t],
  );
}

export const kinds = ["webhook", "custom_channel", "event_url"] as const;

export function kindKey(kind: string): `kind.${(typeof kinds)[number]}` | "kind.other" {
  const known = kinds.find((one) => one === kind);
  return known ? `kind.${known}` : "kind.other";
}
