// How long something lasts already, as a clock that runs; the beginning stands in the hint.
import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { running, useNow } from "./clock";

type Props = { since: string | null | undefined; empty?: string };

export function RunningTime({ since, empty = "–" }: Props) {
  const { t } = useTranslation("ui");
  const format = useFormat();
  const now = useNow();
  if (!since) return <span>{empty}</span>;
  return (
    <Tooltip label={format.exact(since)} events={{ hover: true, focus: true, touch: true }}>
      <time
        dateTime={new Date(since).toISOString()}
        style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}
      >
        {running(now - new Date(since).getTime(), t("dayLetter"))}
      </time>
    </Tooltip>
  );
}
