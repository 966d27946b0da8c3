// How many chats somebody has of how many he may have, as a bar and in numbers.
import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import classes from "./Operators.module.css";
import type { Operator } from "./queries";
import { channelLoads, fullness } from "./team";

type Row = Pick<Operator, "active" | "limit" | "active_by_channel" | "channel_limits">;

export function LoadBar({ row }: { row: Row }) {
  const { t } = useTranslation("operators");
  const channelName = useChannelName();
  const { active, limit } = row;
  const lines = channelLoads(row).map((load) => (
    <div key={load.channel}>
      {channelName(load.channel)}:{" "}
      {load.limit === null ? load.active : t("load.of", { active: load.active, limit: load.limit })}
    </div>
  ));
  return (
    <Tooltip
      label={lines.length > 0 ? lines : t("load.none")}
      events={{ hover: true, focus: true, touch: true }}
    >
      <span className={classes.load}>
        <span className={classes.track} aria-hidden>
          <span
            className={classes.part}
            data-full={active >= limit || undefined}
            style={{ width: `${fullness(active, limit) * 100}%` }}
          />
        </span>
        <span className={classes.numbers}>
          <span aria-hidden>
            {active}/{limit}
          </span>
          <span className="visually-hidden">{t("load.of", { active, limit })}</span>
        </span>
      </span>
    </Tooltip>
  );
}
