// The page behind a reset link: a new password, and the second factor where it is on.
import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, send } from "@/api/client";
import { Loaded } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { HiddenInput } from "@/ui/form/HiddenInput";
import { useApiForm } from "@/ui/form/useApiForm";
import { Logo } from "@/ui/Logo";
import { LanguageSwitch } from "./LanguageSwitch";
import classes from "./LoginPage.module.css";
import { type PasswordRules, useRulesInWords } from "./passwordRules";

export function ResetPage({ token }: { token: string }) {
  const { t } = useTranslation("session");
  const query = useQuery({
    queryKey: ["reset", token],
    queryFn: () => send(api.POST("/api/v1/auth/reset/check", { body: { token } })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Logo />
        <h1 className={classes.title}>{t("reset.title")}</h1>
        <Loaded query={query} rows={3}>
          {(asked) => <ResetForm token={token} asked={asked} />}
        </Loaded>
      </div>
      <LanguageSwitch />
    </main>
  );
}

type Asked = { email: string; otp_needed: boolean; password_rules: PasswordRules };

function ResetForm({ token, asked }: { token: string; asked: Asked }) {
  const { t } = useTranslation("session");
  const hint = useRulesInWords(asked.password_rules);
  const [done, setDone] = useState(false);
  const form = useApiForm({
    initial: { password: "", repeated: "", otp: "" },
    check: ({ password, repeated }) =>
      password === repeated ? {} : { repeated: t("reset.differs") },
    submit: ({ password, otp }) =>
      send(api.POST("/api/v1/auth/reset", { body: { token, password, ...(otp ? { otp } : {}) } })),
    onDone: () => setDone(true),
  });
  if (done) {
    return (
      <Stack>
        <Alert color="accent">{t("reset.done")}</Alert>
        <Button renderRoot={(props) => <Link to="/login" {...props} />}>{t("signIn")}</Button>
      </Stack>
    );
  }
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack>
        <TextInput label={t("email")} value={asked.email} readOnly autoComplete="username" />
        <HiddenInput
          label={t("reset.password")}
          description={hint}
          autoComplete="new-password"
          {...form.bindText("password")}
        />
        <HiddenInput
          label={t("reset.repeated")}
          autoComplete="new-password"
          {...form.bindText("repeated")}
        />
        {asked.otp_needed && (
          <TextInput
            label={t("code")}
            description={t("codeHint")}
            autoComplete="one-time-code"
            {...form.bindText("otp")}
          />
        )}
        <FormProblem failure={form.failure} shownFields={Object.keys(form.values)} />
        <Button type="submit" loading={form.busy}>
          {t("reset.save")}
        </Button>
      </Stack>
    </form>
  );
}
