// The sign-in page, with the language switch before there is a profile.
import { Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Logo } from "@/ui/Logo";
import { LanguageSwitch } from "./LanguageSwitch";
import { LoginForm } from "./LoginForm";
import classes from "./LoginPage.module.css";

/** Only an address of this app, never another site's. */
export function safeNext(next: string | undefined): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.includes("\\") ? next : "/";
}

export function LoginPage({ next }: { next: string | undefined }) {
  const { t } = useTranslation("session");
  const navigate = useNavigate();
  useEffect(() => {
    document.title = `${t("signIn")} · Connective`;
  }, [t]);
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Logo />
        <h1 className={classes.title}>{t("title")}</h1>
        <LoginForm onSignedIn={() => navigate({ href: safeNext(next), replace: true })} />
        <Text size="xs" c="dimmed" mt="md">
          {t("forgotten")}
        </Text>
      </div>
      <LanguageSwitch />
    </main>
  );
}
