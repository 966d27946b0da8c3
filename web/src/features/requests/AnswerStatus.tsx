// The answer's status with its tone; none when no answer came.
import { useTranslation } from "react-i18next";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";

export function toneOf(status: number | null): Tone {
  if (status === null || status >= 500) return "bad";
  if (status >= 400) return "warn";
  return status >= 300 ? "info" : "ok";
}

export function AnswerStatus({ status }: { status: number | null }) {
  const { t } = useTranslation("requests");
  return <StatusBadge tone={toneOf(status)}>{status ?? t("noAnswer")}</StatusBadge>;
}
