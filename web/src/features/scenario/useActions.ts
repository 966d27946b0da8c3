// The catalogue of actions: titles, branches and parameters in the reader's language.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, send } from "@/api/client";
import { useCan } from "@/features/session";
import { type ActionTemplate, knowActions } from "./graph/actionPorts";

export type { ActionTemplate };

export function useActions() {
  const can = useCan();
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ["actions", i18n.language],
    queryFn: async ({ signal }) => {
      const { items } = await send(api.GET("/api/v1/actions", { signal }));
      knowActions(items);
      return items;
    },
    enabled: can("scenarios.view"),
    staleTime: 300_000,
  });
}

export function useAction(name: string | undefined): ActionTemplate | undefined {
  const { data } = useActions();
  return useMemo(() => data?.find(({ id }) => id === name), [data, name]);
}
