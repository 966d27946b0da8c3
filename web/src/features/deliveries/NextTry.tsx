// When a delivery is tried next; one whose time has come waits for its chat's turn.
import { useTranslation } from "react-i18next";
import { RelativeTime } from "@/ui/RelativeTime";
import { type Delivery, isOpen } from "./queries";

export function NextTry({ delivery }: { delivery: Pick<Delivery, "status" | "next_at"> }) {
  const { t } = useTranslation("deliveries");
  if (!isOpen(delivery)) return <span>–</span>;
  const { next_at } = delivery;
  const isDue = next_at == null || new Date(next_at).getTime() <= Date.now();
  return isDue ? <span>{t("dueNow")}</span> : <RelativeTime at={next_at} />;
}
