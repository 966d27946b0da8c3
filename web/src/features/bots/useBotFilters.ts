// By what the list of bots is narrowed.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Filter } from "@/ui/filters/FilterBar";
import { useBotGroups } from "./groups";

export function useBotFilters(): Filter[] {
  const { t } = useTranslation(["bots", "botGroups", "common"]);
  const { data: groups } = useBotGroups();
  return useMemo(
    () => [
      { kind: "search", key: "q", label: t("search") },
      {
        kind: "choice",
        key: "active",
        label: t("common:status"),
        choices: [
          { value: "yes", label: t("common:active") },
          { value: "no", label: t("common:inactive") },
        ],
      },
      {
        kind: "choice",
        key: "group_id",
        label: t("botGroups:one"),
        choices: groups?.map(({ id, name }) => ({ value: String(id), label: name })) ?? [],
        searchable: true,
      },
    ],
    [t, groups],
  );
}
