// "3 minutes ago", kept current, with the exact time on hover and for screen readers.
import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { useFormat } from "@/i18n/format";

const everyMs = 20_000;

type Props = { at: string | number | null | undefined; empty?: string };

export function RelativeTime({ at, empty = "–" }: Props) {
  const format = useFormat();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, []);
  if (at === null || at === undefined) return <span>{empty}</span>;
  return (
    <Tooltip label={format.exact(at)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={new Date(at).toISOString()}>{format.relative(at, now)}</time>
    </Tooltip>
  );
}
