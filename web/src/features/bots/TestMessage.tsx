// Sends a test message to the outside system and shows both sides of the call.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { FormProblem } from "@/ui/form/FormProblem";
import { Icon } from "@/ui/Icon";
import { Section } from "@/ui/page/Page";
import { ScrollCode } from "@/ui/ScrollCode";
import { StatusBadge } from "@/ui/StatusBadge";
import classes from "./Bots.module.css";
import { type TestCall, useTestMessage } from "./channelQueries";

export function TestMessage({ botId }: { botId: number }) {
  const { t } = useTranslation("bots");
  const test = useTestMessage(botId);
  const [call, setCall] = useState<TestCall | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const run = async () => {
    setBusy(true);
    setFailure(null);
    try {
      setCall(await test(undefined));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Section title={t("test.title")} about={t("test.about")}>
      <Group>
        <Button variant="default" leftSection={<Icon name="send" />} loading={busy} onClick={run}>
          {t("test.action")}
        </Button>
      </Group>
      <FormProblem failure={failure} />
      {call && <Call call={call} />}
    </Section>
  );
}

function Call({ call }: { call: TestCall }) {
  const { t } = useTranslation("bots");
  const format = useFormat();
  const headers = Object.entries(call.headers).map(([name, value]) => `${name}: ${value}`);
  const request = [`POST ${call.url}`, ...headers, "", pretty(call.body)].join("\n");
  return (
    <div className={classes.call} role="status">
      <div className={classes.callTitle}>
        <StatusBadge tone={call.ok ? "ok" : "bad"}>
          {call.ok ? t("test.ok") : t("test.failed")}
        </StatusBadge>
        {call.http_status !== null && <code>{call.http_status}</code>}
        <span>{format.duration(call.ms)}</span>
      </div>
      {call.error && <span>{call.error}</span>}
      <b>{t("test.request")}</b>
      <ScrollCode className={classes.code}>{request}</ScrollCode>
      <b>{t("test.response")}</b>
      <ScrollCode className={classes.code}>
        {call.response ? pretty(call.response) : t("test.noBody")}
      </ScrollCode>
    </div>
  );
}

/** Indented when it is JSON, else as it came. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
