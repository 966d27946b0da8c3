// What was sent by templates, to whom, and what became of it.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { RelativeTime } from "@/ui/RelativeTime";
import { StatusBadge } from "@/ui/StatusBadge";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/DataTable";
import { type SentMessage, useSentMessages } from "./queries";

const tones = {
  scheduled: "idle",
  queued: "info",
  sent: "ok",
  delivered: "ok",
  read: "ok",
  failed: "bad",
} as const;
type Status = keyof typeof tones;

type Props = {
  filters: { phone?: string; template?: string };
  onFilter: (change: Record<string, string | string[] | undefined>) => void;
};

export function SentList({ filters, onFilter }: Props) {
  const { t } = useTranslation(["broadcasts", "common"]);
  const channelName = useChannelName();
  const source = useSentMessages(filters);
  const columns = useMemo<Column<SentMessage>[]>(
    () => [
      {
        id: "phone",
        header: t("sent.phone"),
        fixed: true,
        cell: (message) => <TwoLines main={message.phone} sub={channelName(message.channel)} />,
      },
      { id: "template", header: t("sent.template"), cell: (message) => message.template_name },
      {
        id: "status",
        header: t("common:status"),
        width: 260,
        cell: (message) => (
          <TwoLines
            main={
              <StatusBadge tone={tones[message.status as Status] ?? "idle"}>
                {t(`sent.status.${message.status as Status}`)}
              </StatusBadge>
            }
            sub={message.error ?? undefined}
          />
        ),
      },
      {
        id: "at",
        header: t("sent.at"),
        width: 160,
        cell: (message) => <RelativeTime at={message.send_at ?? message.created_at} />,
      },
    ],
    [t, channelName],
  );
  const filtered = Boolean(filters.phone || filters.template);
  return (
    <DataTable
      name="sent-by-template"
      label={t("sent.title")}
      columns={columns}
      source={source}
      rowId={({ id }) => id}
      toolbar={
        <FilterBar
          filters={[{ kind: "search", key: "phone", label: t("sent.search") }]}
          values={{ phone: filters.phone }}
          onChange={onFilter}
        />
      }
      empty={
        <EmptyState
          icon="send"
          title={t(filtered ? "nothingFound" : "sent.empty")}
          text={t(filtered ? "nothingFoundText" : "sent.emptyText")}
        />
      }
    />
  );
}
