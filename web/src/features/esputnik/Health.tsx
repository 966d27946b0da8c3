// How a bot's connection does, and the button that asks eSputnik.
import { Alert, Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormProblem } from "@/ui/form/FormProblem";
import { Icon } from "@/ui/Icon";
import { Section } from "@/ui/page/Page";
import { RelativeTime } from "@/ui/RelativeTime";
import { StatusBadge } from "@/ui/StatusBadge";
import { type Checked, type Esputnik, useCheckEsputnik } from "./queries";

export function Health({ botId, esputnik }: { botId: number; esputnik: Esputnik }) {
  const { t } = useTranslation("esputnik");
  const check = useCheckEsputnik(botId);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const good = esputnik.state === "active";
  const { waiting, failed } = esputnik.changes;

  const run = async () => {
    setBusy(true);
    setFailure(null);
    try {
      setChecked(await check(undefined));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Section title={t("health.title")} about={t("health.about")}>
      <Group gap="xs">
        <StatusBadge tone={good ? "ok" : "bad"}>
          {t(good ? "health.active" : "health.error")}
        </StatusBadge>
        <span>
          {t("health.lastCall")} <RelativeTime at={esputnik.last_call_at} />
        </span>
      </Group>
      {esputnik.last_error && (
        <Alert color="red" icon={<Icon name="alert" />} title={t("health.lastError")}>
          <div style={{ overflowWrap: "anywhere" }}>{esputnik.last_error.text}</div>
          <RelativeTime at={esputnik.last_error.at} />
        </Alert>
      )}
      {esputnik.push_changes && <div>{t("health.changes", { waiting, failed })}</div>}
      <Group>
        <Button variant="default" leftSection={<Icon name="pulse" />} loading={busy} onClick={run}>
          {t("health.check")}
        </Button>
      </Group>
      <FormProblem failure={failure} />
      {checked && (
        <div role="status">
          <StatusBadge tone={checked.ok ? "ok" : "bad"}>{checked.text}</StatusBadge>
        </div>
      )}
    </Section>
  );
}
