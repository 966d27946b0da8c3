// Pages of which other origins may call the API from a browser, for who may change that.
import { Button, Popover, Stack, TagsInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, send } from "@/api/client";
import { useCan } from "@/features/session";
import { problemText, showDone } from "@/ui/feedback/notify";

const key = ["api-origins"];

export function ApiOrigins() {
  const { t } = useTranslation(["keys", "common"]);
  const can = useCan();
  const [opened, setOpened] = useState(false);
  const stored = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => send(api.GET("/api/v1/settings/api-origins", { signal })),
    enabled: can("settings.edit"),
  }).data;
  if (!stored) return null;
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button variant="default" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t("origins.open", { listed: stored.origins.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Form origins={stored.origins} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Form({ origins, onDone }: { origins: string[]; onDone: () => void }) {
  const { t } = useTranslation(["keys", "common"]);
  const cache = useQueryClient();
  const [given, setGiven] = useState(origins);
  const save = useMutation({
    mutationFn: () => send(api.PUT("/api/v1/settings/api-origins", { body: { origins: given } })),
    meta: { ownErrors: true },
    onSuccess: (saved) => {
      cache.setQueryData(key, saved);
      showDone(t("common:saved"));
      onDone();
    },
  });
  return (
    <Stack gap="sm">
      <TagsInput
        label={t("origins.label")}
        description={t("origins.hint")}
        placeholder={t("origins.example")}
        value={given}
        onChange={setGiven}
        error={save.error ? problemText(save.error) : undefined}
        comboboxProps={{ withinPortal: false }}
      />
      <Button loading={save.isPending} onClick={() => save.mutate()}>
        {t("common:save")}
      </Button>
    </Stack>
  );
}
