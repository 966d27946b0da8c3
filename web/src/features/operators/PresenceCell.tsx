// The status that somebody chose, since when, and what keeps chats from him all the same.
import { useTranslation } from "react-i18next";
import { ColorChip } from "@/ui/color/ColorChip";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { useNow } from "@/ui/time/clock";
import { RunningTime } from "@/ui/time/RunningTime";
import classes from "./Operators.module.css";
import type { Operator } from "./queries";
import { isPresence, lastsTooLong, type Presence } from "./team";

/** What is said beside the chosen status, and how loud. */
const marks: Partial<Record<Presence, Tone>> = {
  lost: "bad",
  busy: "warn",
  paused: "warn",
};

export function PresenceCell({ operator }: { operator: Operator }) {
  const { t } = useTranslation("operators");
  const tooLong = lastsTooLong(operator, useNow());
  const { presence, status } = operator;
  const tone = isPresence(presence) ? marks[presence] : undefined;
  return (
    <span className={classes.state}>
      <ColorChip color={status.color} plain>
        {status.name}
      </ColorChip>
      <span className={classes.since}>
        <RunningTime since={operator.counted_since ?? operator.status_since} />
      </span>
      {operator.counted_since === null && (
        <StatusBadge tone="idle" hint={t("hint.finishing")}>
          {t("presence.finishing")}
        </StatusBadge>
      )}
      {tooLong && (
        <StatusBadge tone="warn" hint={t("hint.long", { count: status.max_minutes ?? 0 })}>
          {t("presence.long")}
        </StatusBadge>
      )}
      {isPresence(presence) && tone && (
        <StatusBadge tone={tone} hint={t(`hint.${presence}`)}>
          {t(`presence.${presence}`)}
        </StatusBadge>
      )}
    </span>
  );
}
