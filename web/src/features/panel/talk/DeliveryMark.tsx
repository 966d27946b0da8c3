// How far a message of ours has come.
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "@/ui/Icon";
import classes from "./Talk.module.css";

const marks = {
  pending: { icon: "clock", tone: "idle" },
  queued: { icon: "clock", tone: "idle" },
  sent: { icon: "check", tone: "idle" },
  delivered: { icon: "checks", tone: "idle" },
  read: { icon: "checks", tone: "read" },
  failed: { icon: "alert", tone: "bad" },
  cancelled: { icon: "close", tone: "idle" },
} as const satisfies Record<string, { icon: IconName; tone: string }>;

type Status = keyof typeof marks;

function isStatus(word: string): word is Status {
  return word in marks;
}

export function DeliveryMark({ status }: { status: string }) {
  const { t } = useTranslation("panel");
  if (!isStatus(status)) return null;
  const { icon, tone } = marks[status];
  return (
    <span className={classes.mark} data-tone={tone} title={t(`delivery.${status}`)}>
      <Icon name={icon} size={13} label={t(`delivery.${status}`)} />
    </span>
  );
}
