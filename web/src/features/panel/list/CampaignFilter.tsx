// Narrows the list to clients who came by a campaign.
import { ActionIcon, Button, Popover, Stack, TextInput, Tooltip } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { type Came, isNarrowed } from "./came";

type Props = { came: Came; onChange: (came: Came) => void };

export function CampaignFilter({ came, onChange }: Props) {
  const { t } = useTranslation("panel");
  const [opened, setOpened] = useState(false);
  const on = isNarrowed(came);
  const label = on ? t("came.on") : t("came.label");
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <Tooltip label={label} disabled={opened}>
          <ActionIcon
            size={32}
            aria-label={label}
            aria-expanded={opened}
            variant={on ? "light" : "subtle"}
            onClick={() => setOpened(!opened)}
          >
            <Icon name="filter" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Fields
          came={came}
          onChange={(next) => {
            onChange(next);
            setOpened(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Fields({ came, onChange }: Props) {
  const { t } = useTranslation(["panel", "ui"]);
  const [source, setSource] = useState(came.utm_source ?? "");
  const [campaign, setCampaign] = useState(came.utm_campaign ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [utm_source, utm_campaign] = [source, campaign].map((text) => text.trim() || undefined);
    onChange({ utm_source, utm_campaign });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs" w={220}>
        <TextInput
          label={t("panel:came.source")}
          value={source}
          maxLength={256}
          data-autofocus
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        <TextInput
          label={t("panel:came.campaign")}
          value={campaign}
          maxLength={256}
          onChange={(event) => setCampaign(event.currentTarget.value)}
        />
        <Button type="submit">{t("panel:came.show")}</Button>
        {isNarrowed(came) && (
          <Button
            variant="default"
            onClick={() => onChange({ utm_source: undefined, utm_campaign: undefined })}
          >
            {t("ui:filters.clear")}
          </Button>
        )}
      </Stack>
    </form>
  );
}
