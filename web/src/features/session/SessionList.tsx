// Sign-ins of one person: device, address, last seen.
import { Button, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RowSource } from "@/api/list";
import type { components } from "@/api/schema";
import { ErrorState, LoadingLines } from "@/ui/feedback/States";
import { RelativeTime } from "@/ui/RelativeTime";
import { StatusBadge } from "@/ui/StatusBadge";
import { deviceOf } from "./device";
import classes from "./SessionList.module.css";

export type Session = components["schemas"]["SessionOut"];

type Props = { source: RowSource<Session>; onEnd?: (session: Session) => void };

export function SessionList({ source, onEnd }: Props) {
  const { t } = useTranslation("session");
  if (source.error) return <ErrorState error={source.error} onRetry={source.refetch} />;
  if (source.isPending) return <LoadingLines rows={3} />;
  if (source.rows.length === 0) return <Text c="dimmed">{t("list.none")}</Text>;
  return (
    <Stack gap={0}>
      {source.rows.map((session) => (
        <div key={session.id} className={classes.row}>
          <div className={classes.text}>
            <span className={classes.device}>
              {deviceOf(session.agent) ??
                t(session.kind === "program" ? "list.program" : "list.browser")}
              {session.current && <StatusBadge tone="info">{t("list.current")}</StatusBadge>}
            </span>
            <span className={classes.details}>
              {session.address ?? "–"} · {t("list.seen")} <RelativeTime at={session.seen_at} />
            </span>
          </div>
          {onEnd && !session.current && (
            <Button variant="default" onClick={() => onEnd(session)}>
              {t("list.end")}
            </Button>
          )}
        </div>
      ))}
    </Stack>
  );
}
