// Changes one's own password; a second factor is asked for when it is on.
import { Button, Group, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePasswordHint } from "@/features/session";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { HiddenInput } from "@/ui/form/HiddenInput";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section } from "@/ui/page/Page";
import { useChangePassword } from "./queries";

const blank = { current_password: "", new_password: "", repeated: "", otp: "" };

type FormProps = { totp: boolean; onDone?: () => void };

export function PasswordForm({ totp, onDone }: FormProps) {
  const { t } = useTranslation("profile");
  const change = useChangePassword();
  const hint = usePasswordHint();
  const form = useApiForm({
    initial: blank,
    check: ({ new_password, repeated }) =>
      new_password === repeated ? {} : { repeated: t("password.differs") },
    submit: ({ current_password, new_password, otp }) =>
      change({ current_password, new_password, ...(otp ? { otp } : {}) }),
    onDone: () => {
      form.reset(blank);
      showDone(t("password.done"));
      onDone?.();
    },
  });
  return (
    <form onSubmit={form.onSubmit} style={{ display: "contents" }} noValidate>
      <HiddenInput
        label={t("password.current")}
        autoComplete="current-password"
        {...form.bindText("current_password")}
      />
      <HiddenInput
        label={t("password.new")}
        description={hint}
        autoComplete="new-password"
        {...form.bindText("new_password")}
      />
      <HiddenInput
        label={t("password.repeated")}
        autoComplete="new-password"
        {...form.bindText("repeated")}
      />
      {totp && (
        <TextInput
          label={t("totp.code")}
          autoComplete="one-time-code"
          inputMode="numeric"
          {...form.bindText("otp")}
        />
      )}
      <FormProblem failure={form.failure} shownFields={Object.keys(blank)} />
      <Group>
        <Button type="submit" loading={form.busy} disabled={!form.dirty}>
          {t("password.change")}
        </Button>
      </Group>
    </form>
  );
}

export function PasswordSection({ totp }: { totp: boolean }) {
  const { t } = useTranslation("profile");
  return (
    <Section title={t("password.title")} about={t("password.text")}>
      <PasswordForm totp={totp} />
    </Section>
  );
}
