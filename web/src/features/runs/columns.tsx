// The columns of the list of runs.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { RunBadge, useTriggerName } from "@/features/dialogs";
import { RelativeTime } from "@/ui/RelativeTime";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { type Run, sources } from "./queries";

type Props = { botName: (id: number) => string; onCancel?: (run: Run) => void };

export function useRunColumns({ botName, onCancel }: Props): Column<Run>[] {
  const { t } = useTranslation("runs");
  const triggerName = useTriggerName();
  const channelName = useChannelName();
  return useMemo(() => {
    const sourceName = (source: string) => {
      const known = sources.find((one) => one === source);
      return known ? t(`source.${known}`) : source;
    };
    const columns: Column<Run>[] = [
      {
        id: "run",
        header: t("run"),
        width: 170,
        fixed: true,
        cell: (run) => (
          <Link to="/runs/$id" params={{ id: String(run.id) }}>
            <TwoLines main={t("number", { id: run.id })} sub={triggerName(run.trigger)} />
          </Link>
        ),
      },
      {
        id: "status",
        header: t("status"),
        width: 130,
        rigid: true,
        cell: (run) => <RunBadge run={run} />,
      },
      { id: "bot", header: t("bot"), width: 150, cell: (run) => botName(run.bot_id) },
      {
        id: "chat",
        header: t("chat"),
        width: 180,
        cell: (run) => (
          <TwoLines
            main={run.chat_id ?? "–"}
            sub={run.channel ? channelName(run.channel) : undefined}
          />
        ),
      },
      {
        id: "source",
        header: t("from"),
        width: 190,
        cell: (run) => (
          <TwoLines
            main={[sourceName(run.source), run.key_name].filter(Boolean).join(" · ")}
            sub={run.address ?? undefined}
          />
        ),
      },
      {
        id: "due",
        header: t("due"),
        width: 150,
        cell: (run) => <RelativeTime at={run.due_at} empty="–" />,
      },
      {
        id: "created",
        header: t("created"),
        width: 150,
        cell: (run) => <RelativeTime at={run.created_at} />,
      },
    ];
    if (onCancel) {
      columns.push({
        id: "cancel",
        header: "",
        width: 110,
        fixed: true,
        align: "end",
        cell: (run) =>
          run.status === "scheduled" && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t("cancelOne", { id: run.id })}
              onClick={() => onCancel(run)}
            >
              {t("cancel")}
            </Button>
          ),
      });
    }
    return columns;
  }, [t, triggerName, channelName, botName, onCancel]);
}
