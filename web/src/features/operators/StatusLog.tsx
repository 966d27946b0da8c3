// In which statuses an operator was, the newest first: how long, who chose them, what took too long.
import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { EmptyState, ErrorState } from "@/ui/feedback/States";
import { SidePanel } from "@/ui/SidePanel";
import { StatusBadge } from "@/ui/StatusBadge";
import { RunningTime } from "@/ui/time/RunningTime";
import classes from "./Operators.module.css";
import { type Operator, type Stay, useStays } from "./queries";

export function StatusLog({ operator, onClose }: { operator: Operator; onClose: () => void }) {
  const { t } = useTranslation(["operators", "ui"]);
  const stays = useStays(operator.user_id);
  return (
    <SidePanel opened title={t("log.title", { name: operator.name })} onClose={onClose}>
      {stays.error ? (
        <ErrorState error={stays.error} onRetry={stays.refetch} />
      ) : stays.isPending ? (
        <Skeleton height={120} />
      ) : stays.rows.length === 0 ? (
        <EmptyState icon="list" title={t("log.empty")} text={t("log.emptyText")} />
      ) : (
        <Stack component="ul" gap={0} className={classes.stays}>
          {stays.rows.map((stay) => (
            <StayRow key={stay.id} stay={stay} />
          ))}
        </Stack>
      )}
      {stays.hasMore && (
        <Button
          variant="default"
          mt="sm"
          loading={stays.isLoadingMore}
          onClick={() => stays.loadMore()}
        >
          {t("log.more")}
        </Button>
      )}
    </SidePanel>
  );
}

function StayRow({ stay }: { stay: Stay }) {
  const { t } = useTranslation("operators");
  const format = useFormat();
  const { from_at, to_at, counted_from, overstayed_at, set_by_name, auto } = stay;
  const ended = to_at ? Date.parse(to_at) : null;
  const counts = counted_from ? Date.parse(counted_from) : null;
  return (
    <li className={classes.stay}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={500}>
          {stay.status}
        </Text>
        <Text size="sm" component="span">
          {ended !== null ? format.duration(ended - (counts ?? ended)) : null}
          {ended === null && <RunningTime since={counted_from} />}
        </Text>
      </Group>
      <Text size="xs" c="dimmed">
        {to_at
          ? t("log.span", { from: format.dateTime(from_at), to: format.dateTime(to_at) })
          : t("log.since", { from: format.dateTime(from_at) })}
      </Text>
      {counted_from !== from_at && (
        <Text size="xs" c="dimmed">
          {counted_from
            ? t("log.counted", { from: format.time(counted_from) })
            : t("log.notCounted")}
        </Text>
      )}
      {(auto || set_by_name) && (
        <Text size="xs" c="dimmed">
          {auto ? t("log.auto") : t("log.setBy", { name: set_by_name })}
        </Text>
      )}
      {overstayed_at && (
        <StatusBadge tone="warn" hint={t("log.long", { at: format.time(overstayed_at) })}>
          {t("presence.long")}
        </StatusBadge>
      )}
    </li>
  );
}
