// Addresses that scenarios give for the events of their chats: by bot, with the secret that signs.
import { Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { wholeList } from "@/api/list";
import { useCan } from "@/features/session";
import { useFormat } from "@/i18n/format";
import { EmptyState, ErrorState, LoadingLines } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { SidePanel } from "@/ui/SidePanel";
import { StatusBadge } from "@/ui/StatusBadge";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/DataTable";
import { type BotEventUrls, type EventUrl, useEventUrls, useEventUrlsOf } from "./queries";
import { RotateDialog } from "./RotateDialog";
import { WebhookState } from "./WebhookState";

export function EventUrls() {
  const { t } = useTranslation("webhooks");
  const query = useEventUrls();
  const [open, setOpen] = useState<BotEventUrls | null>(null);
  const [rotating, setRotating] = useState<BotEventUrls | null>(null);
  const columns = useBotColumns();
  const source = useMemo(() => wholeList(query.data?.items, query), [query]);
  return (
    <>
      <DataTable<BotEventUrls>
        name="event-urls"
        label={t("urls.title")}
        columns={columns}
        source={source}
        rowId={({ bot_id }) => bot_id}
        onOpen={setOpen}
        empty={<EmptyState icon="webhook" title={t("urls.noBots")} text={t("urls.noBotsText")} />}
      />
      {open && (
        <BotPanel bot={open} onRotate={() => setRotating(open)} onClose={() => setOpen(null)} />
      )}
      {rotating && (
        <RotateDialog
          bot={{ id: rotating.bot_id, name: rotating.bot_name }}
          onClose={() => setRotating(null)}
        />
      )}
    </>
  );
}

function useBotColumns(): Column<BotEventUrls>[] {
  const { t } = useTranslation(["webhooks", "common"]);
  const format = useFormat();
  return useMemo(
    () => [
      { id: "bot", header: t("urls.bot"), fixed: true, cell: ({ bot_name }) => bot_name },
      {
        id: "secret",
        header: t("form.secret"),
        width: 220,
        cell: ({ signed, old_secret_until: until }) => (
          <TwoLines
            main={signed ? t("urls.signed") : t("urls.unsigned")}
            sub={until ? t("rotate.until", { at: format.dateTime(until) }) : undefined}
          />
        ),
      },
      {
        id: "addresses",
        header: t("urls.addresses"),
        width: 130,
        align: "end",
        cell: ({ addresses }) => addresses,
      },
      {
        id: "failing",
        header: t("common:status"),
        width: 150,
        cell: ({ failing, last_success_at }) =>
          failing > 0 ? (
            <StatusBadge tone="bad">{t("urls.failing", { count: failing })}</StatusBadge>
          ) : (
            <StatusBadge tone={last_success_at ? "ok" : "idle"}>
              {t(last_success_at ? "state.ok" : "state.unused")}
            </StatusBadge>
          ),
      },
      {
        id: "success",
        header: t("lastSuccess"),
        width: 150,
        cell: ({ last_success_at: at }) => <RelativeTime at={at} empty={t("common:never")} />,
      },
      {
        id: "log",
        header: t("log"),
        width: 110,
        cell: ({ bot_id }) => (
          <Link to="/deliveries" search={{ kind: "event_url", bot_id: String(bot_id) }}>
            {t("openLog")}
          </Link>
        ),
      },
    ],
    [t, format],
  );
}

type PanelProps = { bot: BotEventUrls; onRotate: () => void; onClose: () => void };

function BotPanel({ bot, onRotate, onClose }: PanelProps) {
  const { t } = useTranslation("webhooks");
  const mayEdit = useCan()("webhooks.edit");
  const urls = useEventUrlsOf(bot.bot_id);
  return (
    <SidePanel opened title={t("urls.of", { name: bot.bot_name })} onClose={onClose}>
      <Stack gap="md">
        <Text size="sm">{t("urls.secretAbout")}</Text>
        {mayEdit && (
          <Group>
            <Button variant="default" leftSection={<Icon name="key" />} onClick={onRotate}>
              {t("rotate.action")}
            </Button>
          </Group>
        )}
        {urls.error ? (
          <ErrorState error={urls.error} onRetry={urls.refetch} />
        ) : urls.isPending ? (
          <LoadingLines rows={3} />
        ) : urls.rows.length === 0 ? (
          <EmptyState icon="webhook" title={t("urls.empty")} text={t("urls.emptyText")} />
        ) : (
          urls.rows.map((one) => <Address key={one.id} address={one} />)
        )}
        {urls.hasMore && (
          <Button
            variant="default"
            loading={urls.isLoadingMore}
            onClick={() => void urls.loadMore()}
          >
            {t("urls.more")}
          </Button>
        )}
      </Stack>
    </SidePanel>
  );
}

function Address({ address }: { address: EventUrl }) {
  const { t } = useTranslation(["webhooks", "common"]);
  return (
    <Stack gap={2}>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {address.url}
      </Text>
      <Group gap="xs">
        <WebhookState webhook={address} />
        <Text size="xs" c="dimmed" component="span">
          {t("lastSuccess")}:{" "}
          <RelativeTime at={address.last_success_at} empty={t("common:never")} />
        </Text>
        <Link to="/deliveries" search={{ endpoint: String(address.id) }}>
          {t("openLog")}
        </Link>
      </Group>
      {address.last_error && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {address.last_error}
        </Text>
      )}
    </Stack>
  );
}
