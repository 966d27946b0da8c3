// The buttons of a connected channel: test, reconnect, pause, disconnect, delete, event log.
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { Icon, type IconName } from "@/ui/Icon";
import { StatusBadge } from "@/ui/StatusBadge";
import { EventLog } from "./EventLog";
import { type Account, type TestSent, useActions } from "./queries";

type Asked = "disconnect" | "remove" | null;

type Props = { account: Account; onSettings: () => void };

export function AccountActions({ account, onSettings }: Props) {
  const { t } = useTranslation(["channels", "common"]);
  const act = useActions(account.id);
  const [busy, setBusy] = useState("");
  const [failure, setFailure] = useState<unknown>(null);
  const [sent, setSent] = useState<TestSent | null>(null);
  const [asked, setAsked] = useState<Asked>(null);
  const [log, setLog] = useState(false);
  const connected = account.status !== "not_configured";
  const paused = account.status === "paused";

  const run = async (name: string, work: () => Promise<unknown>) => {
    setBusy(name);
    setFailure(null);
    setSent(null);
    try {
      await work();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy("");
    }
  };
  const button = (name: string, icon: IconName, label: string, work: () => Promise<unknown>) => (
    <Button
      variant="default"
      leftSection={<Icon name={icon} />}
      loading={busy === name}
      disabled={busy !== "" && busy !== name}
      onClick={() => run(name, work)}
    >
      {label}
    </Button>
  );

  return (
    <>
      <Group gap="xs">
        <Button variant="default" leftSection={<Icon name="edit" />} onClick={onSettings}>
          {t("settings")}
        </Button>
        {connected &&
          button("check", "check", t("check"), async () => {
            const now = await act.check(undefined);
            if (now.status === "active") showDone(t("works"));
          })}
        {connected && button("test", "send", t("test"), async () => setSent(await act.test("")))}
        {button(
          "reconnect",
          "refresh",
          connected ? t("reconnect") : t("connectAgain"),
          async () => {
            await act.reconnect(undefined);
            showDone(t("connected"));
          },
        )}
        {connected &&
          button("pause", paused ? "play" : "pause", paused ? t("resume") : t("pause"), () =>
            act.pause(!paused),
          )}
        <Button variant="default" leftSection={<Icon name="list" />} onClick={() => setLog(true)}>
          {t("log.title")}
        </Button>
        {connected && (
          <Button variant="default" onClick={() => setAsked("disconnect")}>
            {t("disconnect")}
          </Button>
        )}
        <Button variant="default" color="red" onClick={() => setAsked("remove")}>
          {t("common:delete")}
        </Button>
      </Group>
      <FormProblem failure={failure} />
      {sent && <Sent sent={sent} />}
      <EventLog account={account} opened={log} onClose={() => setLog(false)} />
      <ConfirmDialog
        opened={asked !== null}
        title={t(`ask.${asked ?? "disconnect"}`, { channel: account.title })}
        consequences={[t("ask.stops"), t(asked === "remove" ? "ask.forgotten" : "ask.kept")]}
        confirmLabel={asked === "remove" ? t("common:delete") : t("disconnect")}
        danger
        onConfirm={() => (asked === "remove" ? act.remove(undefined) : act.disconnect(undefined))}
        onClose={() => setAsked(null)}
      />
    </>
  );
}

function Sent({ sent }: { sent: TestSent }) {
  const { t } = useTranslation("channels");
  return (
    <Group gap="xs" role="status">
      <StatusBadge tone={sent.ok ? "ok" : "bad"}>
        {sent.ok ? t("testOk") : t("testFailed")}
      </StatusBadge>
      <Text size="sm">{sent.error ?? t("testChat", { chat: sent.chat_id })}</Text>
    </Group>
  );
}
