// Asks for the password over the open page when the session has ended; nothing is lost.
import { Button, Modal, Text } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import {
  isSessionAwaited,
  onSessionChange,
  sessionAbandoned,
  sessionRestored,
} from "@/api/session";
import { LoginForm } from "./LoginForm";
import { type Me, useMe } from "./queries";

export function SessionDialog() {
  const { t } = useTranslation("session");
  const awaited = useSyncExternalStore(onSessionChange, isSessionAwaited);
  const me = useMe();

  const restored = (now: Me) => {
    sessionRestored();
    // Another person's pages must not show through.
    if (me && me.id !== now.id) window.location.assign("/");
  };
  const leave = () => {
    sessionAbandoned();
    window.location.assign("/login");
  };

  return (
    <Modal
      opened={awaited}
      onClose={leave}
      title={t("ended")}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      zIndex={1000}
    >
      <Text size="sm" mb="md">
        {t("endedText")}
      </Text>
      <LoginForm email={me?.email} onSignedIn={restored} />
      <Button variant="subtle" color="gray" fullWidth mt="xs" onClick={leave}>
        {t("leave")}
      </Button>
    </Modal>
  );
}
