// The switch that opens the API documentation to everyone, for who may turn it.
import { Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, send } from "@/api/client";
import { useCan } from "@/features/session";
import { showDone, showProblem } from "@/ui/feedback/notify";

const key = ["api-docs-settings"];

export function PublicDocs() {
  const { t } = useTranslation(["keys", "common"]);
  const can = useCan();
  const cache = useQueryClient();
  const stored = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => send(api.GET("/api/v1/settings/api-docs", { signal })),
    enabled: can("settings.edit"),
  }).data;
  const save = useMutation({
    mutationFn: (isPublic: boolean) =>
      send(api.PUT("/api/v1/settings/api-docs", { body: { public: isPublic } })),
    meta: { ownErrors: true },
    onSuccess: (saved) => {
      cache.setQueryData(key, saved);
      showDone(t("common:saved"));
    },
    onError: showProblem,
  });
  if (!stored) return null;
  return (
    <Switch
      style={{ alignSelf: "center" }}
      label={t("publicDocs")}
      checked={save.isPending ? save.variables : stored.public}
      onChange={(event) => save.mutate(event.currentTarget.checked)}
    />
  );
}
