// E-mail and password, then the one-time code when the account has one.
import { Alert, Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/problem";
import { problemText } from "@/ui/feedback/notify";
import { HiddenInput } from "@/ui/form/HiddenInput";
import { fieldErrorsOf } from "@/ui/form/useApiForm";
import { type Me, signIn } from "./queries";

type Props = { email?: string; onSignedIn: (me: Me) => void };

/** Counts down from the wait that the server asked for. */
function useWait(): [number, (seconds: number) => void] {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (seconds <= 0) return;
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [seconds]);
  return [seconds, setSeconds];
}

/** 895 seconds are 14:55. */
function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function LoginForm({ email: known = "", onSignedIn }: Props) {
  const { t } = useTranslation("session");
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const [otp, setOtp] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [wait, setWait] = useWait();
  const fields = fieldErrorsOf(failure, ["email", "password", "otp"]);

  const refused = (error: unknown) => {
    if (error instanceof ApiError && error.code === "otp_required") return setAsksCode(true);
    if (error instanceof ApiError && error.retryAfter !== null) setWait(error.retryAfter);
    setFailure(error);
  };

  const submit = async (event: { preventDefault: () => void }) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      onSignedIn(await signIn({ email, password, ...(asksCode ? { otp } : {}) }));
    } catch (error) {
      refused(error);
    } finally {
      setBusy(false);
    }
  };

  const back = () => {
    setAsksCode(false);
    setOtp("");
    setFailure(null);
  };
  const showFailure = failure !== null && Object.keys(fields).length === 0;

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {asksCode ? (
          <>
            <Text size="sm">{t("codeHint")}</Text>
            <TextInput
              label={t("code")}
              value={otp}
              onChange={(event) => setOtp(event.currentTarget.value.trim())}
              error={fields.otp}
              inputMode="numeric"
              autoComplete="one-time-code"
              data-autofocus
              autoFocus
            />
          </>
        ) : (
          <>
            <TextInput
              label={t("email")}
              type="email"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              error={fields.email}
              autoComplete="username"
              data-autofocus={known ? undefined : true}
              autoFocus={!known}
            />
            <HiddenInput
              label={t("password")}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              error={fields.password}
              autoComplete="current-password"
              data-autofocus={known ? true : undefined}
            />
          </>
        )}
        {showFailure && (
          <Alert color="red" role="alert">
            {wait > 0 ? t("wait", { time: clockOf(wait) }) : problemText(failure)}
          </Alert>
        )}
        <Button type="submit" loading={busy} disabled={wait > 0} fullWidth>
          {asksCode ? t("confirmCode") : t("signIn")}
        </Button>
        {asksCode && (
          <Anchor component="button" type="button" size="sm" onClick={back}>
            {t("otherAccount")}
          </Anchor>
        )}
      </Stack>
    </form>
  );
}
