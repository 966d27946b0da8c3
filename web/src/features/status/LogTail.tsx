// The last lines of the log of the process that answers; texts of messages are not in it.
import { Button, Group, SegmentedControl, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/DataTable";
import { type LogLine, levels, useLog } from "./queries";

const tones: Record<string, Tone> = { info: "idle", warning: "warn", error: "bad" };
const ids = ["request_id", "dialog_id", "bot_id", "job_id", "job"] as const;

function idsOf(line: LogLine): string {
  return ids
    .flatMap((name) => (line[name] ? [`${name} ${line[name]}`] : []))
    .concat(line.failure ?? [])
    .join(", ");
}

export function LogTail() {
  const { t } = useTranslation("status");
  const [level, setLevel] = useState<(typeof levels)[number]>("info");
  const source = useLog(level);
  const columns: Column<LogLine>[] = [
    {
      id: "event",
      header: t("log.event"),
      fixed: true,
      cell: (line) => (
        <TwoLines
          main={<span translate="no">{line.event}</span>}
          sub={<span translate="no">{idsOf(line) || line.logger}</span>}
        />
      ),
    },
    {
      id: "level",
      header: t("log.level"),
      width: 140,
      cell: (line) => {
        const known = levels.find((one) => one === line.level) ?? "error";
        return <StatusBadge tone={tones[known] ?? "bad"}>{t(`log.levels.${known}`)}</StatusBadge>;
      },
    },
    {
      id: "at",
      header: t("log.at"),
      width: 160,
      cell: (line) => <RelativeTime at={line.at} />,
    },
  ];
  return (
    <>
      <Group mb="md" justify="space-between">
        <SegmentedControl
          aria-label={t("log.level")}
          value={level}
          onChange={(chosen) => setLevel(levels.find((one) => one === chosen) ?? "info")}
          data={levels.map((value) => ({ value, label: t(`log.levels.${value}`) }))}
        />
        <Button
          component="a"
          href="/api/v1/system/diagnostics"
          download
          variant="default"
          leftSection={<Icon name="arrowDown" />}
        >
          {t("log.diagnostics")}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mb="md">
        {t("log.about")}
      </Text>
      <DataTable
        name="log"
        label={t("log.title")}
        columns={columns}
        source={source}
        rowId={(line) => `${line.at} ${line.event}`}
        empty={<EmptyState icon="list" title={t("log.none")} text={t("log.noneText")} />}
      />
    </>
  );
}
