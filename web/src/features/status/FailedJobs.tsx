// Background jobs that gave up, each with a retry.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RowSource } from "@/api/list";
import { useCan } from "@/features/session";
import { showDone } from "@/ui/feedback/notify";
import { EmptyState } from "@/ui/feedback/States";
import { RelativeTime } from "@/ui/RelativeTime";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/DataTable";
import { type Job, useRetryJob } from "./queries";

export function FailedJobs({ source }: { source: RowSource<Job> }) {
  const { t } = useTranslation("status");
  const can = useCan();
  const retry = useRetryJob();
  const again = async (job: Job) => {
    await retry.mutateAsync(job.id);
    showDone(t("jobs.retried", { name: job.name }));
  };
  const columns: Column<Job>[] = [
    {
      id: "name",
      header: t("jobs.job"),
      fixed: true,
      width: 260,
      cell: (job) => <TwoLines main={job.name} sub={idsOf(job)} />,
    },
    { id: "error", header: t("jobs.error"), cell: (job) => job.error },
    {
      id: "attempts",
      header: t("jobs.attempts"),
      width: 100,
      align: "end",
      cell: (job) => job.attempts,
    },
    {
      id: "failed",
      header: t("jobs.failed"),
      width: 150,
      cell: (job) => <RelativeTime at={job.failed_at} />,
    },
    {
      id: "retry",
      header: "",
      width: 120,
      fixed: true,
      align: "end",
      cell: (job) =>
        can("settings.edit") && (
          <Button
            variant="default"
            loading={retry.isPending && retry.variables === job.id}
            onClick={() => again(job)}
          >
            {t("jobs.retry")}
          </Button>
        ),
    },
  ];
  return (
    <DataTable
      name="failed-jobs"
      label={t("jobs.title")}
      columns={columns}
      source={source}
      rowId={(job) => job.id}
      empty={<EmptyState icon="check" title={t("jobs.none")} text={t("jobs.noneText")} />}
    />
  );
}

function idsOf(job: Job): string {
  return Object.entries(job.ids)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
}
