// Before the panel: waiting, a sign-in, or the permission that is missing.
import { Button, Modal, Text } from "@mantine/core";
import { type ReactNode, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { bearer, endOf } from "@/api/bearer";
import { LoginForm } from "@/features/session";
import { EmptyState, LoadingLines } from "@/ui/feedback/States";
import { entrance } from "./entrance";
import classes from "./Frame.module.css";
import { parent } from "./parent";

export function Doors({ children }: { children: ReactNode }) {
  const { t } = useTranslation("embed");
  const entry = useSyncExternalStore(entrance.watch, entrance.get);
  if (entry.step === "starting") return <LoadingLines />;
  if (entry.step === "forbidden") {
    return (
      <main className={classes.doors}>
        <EmptyState icon="lock" title={t("forbidden")} text={entry.why.message} />
      </main>
    );
  }
  if (entry.step === "outside") {
    return (
      <main className={classes.doors}>
        <h1 className={classes.title}>{t("signIn")}</h1>
        <Again why={entry.why} />
      </main>
    );
  }
  return (
    <>
      {children}
      <Modal
        opened={entry.paused !== null}
        onClose={() => undefined}
        withCloseButton={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
        title={t("paused")}
      >
        <Text size="sm" mb="md">
          {t("pausedText")}
        </Text>
        <Again why={entry.paused} />
      </Modal>
    </>
  );
}

function Again({ why }: { why: Error | null }) {
  const { t } = useTranslation("embed");
  return (
    <>
      {why?.message && (
        <Text size="sm" c="var(--c-bad)" mb="sm" role="alert">
          {why.message}
        </Text>
      )}
      {parent.isThere && (
        <Button fullWidth variant="default" mb="md" onClick={() => entrance.ask("expired")}>
          {t("askAgain")}
        </Button>
      )}
      <LoginForm onSignedIn={() => void entrance.entered(endOf(bearer() ?? ""))} />
    </>
  );
}
