// How the connection does: its state, the last call, connect, check, disconnect.
import { Alert, Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { CopyField } from "@/ui/CopyField";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { Icon } from "@/ui/Icon";
import { Section } from "@/ui/page/Page";
import { RelativeTime } from "@/ui/RelativeTime";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { type Checked, useCheckZoho, useDisconnectZoho, type Zoho } from "./queries";

type State = "new" | "connected" | "reconnect";
const tones: Record<State, Tone> = { new: "idle", connected: "ok", reconnect: "bad" };

export function Grant({ zoho, mayEdit }: { zoho: Zoho; mayEdit: boolean }) {
  const { t } = useTranslation("zoho");
  const state = zoho.state as State;
  const ready = zoho.client_id !== "" && zoho.client_secret_set;
  return (
    <Section title={t("connection.title")} about={t("connection.about")}>
      <Group gap="xs">
        <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
        {zoho.connected_at && state === "connected" && (
          <span>
            {t("connection.since")} <RelativeTime at={zoho.connected_at} />
          </span>
        )}
      </Group>
      <div>
        {t("connection.lastCall")} <RelativeTime at={zoho.last_call_at} />
      </div>
      {zoho.last_error && (
        <Alert color="red" icon={<Icon name="alert" />} title={t("connection.lastError")}>
          <div style={{ overflowWrap: "anywhere" }}>{zoho.last_error.text}</div>
          <RelativeTime at={zoho.last_error.at} />
        </Alert>
      )}
      <CopyField label={t("connection.redirect")} value={zoho.redirect_uri} />
      {mayEdit && <Actions state={state} ready={ready} />}
    </Section>
  );
}

function Actions({ state, ready }: { state: State; ready: boolean }) {
  const { t } = useTranslation("zoho");
  const check = useCheckZoho();
  const disconnect = useDisconnectZoho();
  const [checked, setChecked] = useState<Checked | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [leaving, setLeaving] = useState(false);

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
  const leave = async () => {
    await disconnect(undefined);
    showDone(t("connection.disconnected"));
  };

  return (
    <>
      <Group>
        {/* the way to Zoho is a page of its own, not a call */}
        <Button
          component="a"
          href="/api/v1/integrations/zoho/oauth/start"
          leftSection={<Icon name="link" />}
          variant={state === "connected" ? "default" : "filled"}
          data-disabled={!ready || undefined}
          aria-disabled={!ready}
          onClick={(event) => !ready && event.preventDefault()}
        >
          {t(state === "new" ? "connection.connect" : "connection.reconnect")}
        </Button>
        <Button
          variant="default"
          leftSection={<Icon name="pulse" />}
          loading={busy}
          disabled={state === "new"}
          onClick={run}
        >
          {t("connection.check")}
        </Button>
        {state !== "new" && (
          <Button variant="subtle" color="red" onClick={() => setLeaving(true)}>
            {t("connection.disconnect")}
          </Button>
        )}
      </Group>
      {!ready && <div>{t("connection.notReady")}</div>}
      <FormProblem failure={failure} />
      {checked && (
        <div role="status">
          <StatusBadge tone={checked.ok ? "ok" : "bad"}>{checked.text}</StatusBadge>
        </div>
      )}
      <ConfirmDialog
        opened={leaving}
        title={t("connection.leave")}
        consequences={[t("connection.leaveActions"), t("connection.leaveNotes")]}
        confirmLabel={t("connection.disconnect")}
        danger
        onConfirm={leave}
        onClose={() => setLeaving(false)}
      />
    </>
  );
}
