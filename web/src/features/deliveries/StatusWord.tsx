// The state of a delivery in words.
import { useTranslation } from "react-i18next";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { type Delivery, isStatus, type Status } from "./queries";

export const tones: Record<Status, Tone> = {
  pending: "idle",
  retrying: "warn",
  delivered: "ok",
  failed: "bad",
  cancelled: "idle",
};

type Props = { delivery: Pick<Delivery, "status" | "last_error"> };

export function StatusWord({ delivery }: Props) {
  const { t } = useTranslation("deliveries");
  const { status, last_error } = delivery;
  const hint = status === "delivered" ? undefined : (last_error ?? undefined);
  return (
    <StatusBadge tone={isStatus(status) ? tones[status] : "idle"} hint={hint}>
      {isStatus(status) ? t(`status.${status}`) : status}
    </StatusBadge>
  );
}
