// How often a link was opened and begun at, day by day.
import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DayBars } from "@/ui/chart/DayBars";
import { ErrorState, LoadingLines } from "@/ui/feedback/States";
import { type DeepLink, useLinkDays } from "./queries";

const periods = ["7", "30", "90"] as const;

export function LinkDays({ link }: { link: DeepLink }) {
  const { t } = useTranslation("links");
  const [period, setPeriod] = useState<string>("30");
  const days = useLinkDays(link.code, Number(period));
  const clicks = { name: t("clicks"), color: "var(--c-border-strong)", values: [] as number[] };
  const starts = { name: t("starts"), color: "var(--c-accent)", values: [] as number[] };
  for (const day of days.data ?? []) {
    clicks.values.push(day.clicks);
    starts.values.push(day.starts);
  }
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {t("days.title")}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t("days.period")}
          data={periods.map((value) => ({
            value,
            label: t("days.last", { count: Number(value) }),
          }))}
          value={period}
          onChange={setPeriod}
        />
      </Group>
      {days.error ? (
        <ErrorState error={days.error} onRetry={days.refetch} />
      ) : days.data ? (
        <DayBars
          label={t("days.title")}
          dayLabel={t("days.day")}
          days={days.data.map(({ day }) => day)}
          series={link.entry ? [starts] : [clicks, starts]}
        />
      ) : (
        <LoadingLines rows={3} />
      )}
    </Stack>
  );
}
