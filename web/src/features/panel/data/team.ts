// Colleagues to whom a request can be handed on.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useTeam } from "@/features/operators";

/** Those who are there first; each with what he has and how much he takes. */
export function useColleagues(except?: number): { value: string; label: string }[] {
  const { t } = useTranslation("panel");
  const { data } = useTeam();
  return useMemo(() => {
    const isHere = (presence: string) => Number(presence === "online" || presence === "busy");
    return (data ?? [])
      .filter(({ user_id }) => user_id !== except)
      .sort(
        (left, right) =>
          isHere(right.presence) - isHere(left.presence) || left.name.localeCompare(right.name),
      )
      .map(({ user_id, name, status, active, limit }) => ({
        value: String(user_id),
        label: t("transfer.choice", { name, status: status.name, active, limit }),
      }));
  }, [data, except, t]);
}
