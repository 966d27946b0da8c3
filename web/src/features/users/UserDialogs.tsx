// What is asked or shown about one user: switch on and off, sessions, reset link, second factor.
import { Button, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SessionList } from "@/features/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone } from "@/ui/feedback/notify";
import { SidePanel } from "@/ui/SidePanel";
import { Deactivation } from "./Deactivation";
import { LinkOnce } from "./LinkOnce";
import {
  type User,
  useActivateUser,
  useEndUserSessions,
  useResetLink,
  useSwitchFactorOff,
  useUserSessions,
} from "./queries";

export type Ask = {
  kind: "activate" | "deactivate" | "sessions" | "link" | "factor";
  user: User;
};

type Props = { ask: Ask | null; onClose: () => void };

export function UserDialogs({ ask, onClose }: Props) {
  if (!ask) return null;
  if (ask.kind === "sessions") return <Sessions user={ask.user} onClose={onClose} />;
  if (ask.kind === "link") return <ResetLink user={ask.user} onClose={onClose} />;
  if (ask.kind === "factor") return <SecondFactor user={ask.user} onClose={onClose} />;
  if (ask.kind === "deactivate") return <Deactivation user={ask.user} onClose={onClose} />;
  return <Activation user={ask.user} onClose={onClose} />;
}

function Activation({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation("users");
  const activate = useActivateUser();
  const { name } = user;
  return (
    <ConfirmDialog
      opened
      title={t("activate.title", { name })}
      consequences={[t("activate.signIn")]}
      confirmLabel={t("activate.action")}
      onConfirm={async () => {
        await activate(user.id);
        showDone(t("activate.done", { name }));
      }}
      onClose={onClose}
    />
  );
}

function Sessions({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation("users");
  const sessions = useUserSessions(user.id);
  const endAll = useEndUserSessions();
  const [asking, setAsking] = useState(false);
  return (
    <SidePanel
      opened
      title={t("sessions.of", { name: user.name })}
      onClose={onClose}
      footer={
        sessions.rows.length > 0 && (
          <Button color="red" variant="light" onClick={() => setAsking(true)}>
            {t("sessions.endAll")}
          </Button>
        )
      }
    >
      <SessionList source={sessions} />
      <ConfirmDialog
        opened={asking}
        title={t("sessions.endAll")}
        consequences={[t("sessions.endAllEffect")]}
        confirmLabel={t("sessions.endAll")}
        danger
        onConfirm={() => endAll(user.id)}
        onClose={() => setAsking(false)}
      />
    </SidePanel>
  );
}

function SecondFactor({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation("users");
  const switchOff = useSwitchFactorOff();
  const { name } = user;
  return (
    <ConfirmDialog
      opened
      title={t("factor.title", { name })}
      consequences={[t("factor.password"), t("factor.codes"), t("factor.again")]}
      confirmLabel={t("factor.action")}
      danger
      onConfirm={async () => {
        await switchOff(user.id);
        showDone(t("factor.done", { name }));
      }}
      onClose={onClose}
    >
      {t("factor.text")}
    </ConfirmDialog>
  );
}

function ResetLink({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation(["users", "ui"]);
  const makeLink = useResetLink();
  const [url, setUrl] = useState<string | null>(null);
  if (url) {
    return (
      <Modal opened onClose={onClose} title={t("link.title", { name: user.name })}>
        <Stack>
          <LinkOnce url={url} />
          <Button onClick={onClose}>{t("ui:done")}</Button>
        </Stack>
      </Modal>
    );
  }
  const make = async () => setUrl((await makeLink(user.id)).url);
  return (
    <ConfirmDialog
      opened
      title={t("link.title", { name: user.name })}
      consequences={[t("link.once"), t("link.earlier")]}
      confirmLabel={t("link.action")}
      onConfirm={make}
      stays
      onClose={onClose}
    >
      <Text size="sm">{t("link.text")}</Text>
    </ConfirmDialog>
  );
}
