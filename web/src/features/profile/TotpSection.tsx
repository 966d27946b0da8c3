// The second factor: set-up by QR code, recovery codes, switching off.
import { Alert, Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyField } from "@/ui/CopyField";
import { FormProblem } from "@/ui/form/FormProblem";
import { HiddenInput } from "@/ui/form/HiddenInput";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section } from "@/ui/page/Page";
import { StatusBadge } from "@/ui/StatusBadge";
import { QrCode } from "./QrCode";
import { useBeginTotp, useConfirmTotp, useDisableTotp, useRenewCodes } from "./queries";

type Props = { on: boolean; codesLeft: number };

export function TotpSection({ on, codesLeft }: Props) {
  const { t } = useTranslation("profile");
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <Section
      title={t("totp.title")}
      about={t("totp.text")}
      actions={
        <StatusBadge tone={on ? "ok" : "idle"}>{on ? t("totp.on") : t("totp.off")}</StatusBadge>
      }
    >
      {codes && <RecoveryCodes codes={codes} />}
      {on ? <SwitchOff codesLeft={codesLeft} onCodes={setCodes} /> : <SetUp onCodes={setCodes} />}
    </Section>
  );
}

function RecoveryCodes({ codes }: { codes: string[] }) {
  const { t } = useTranslation("profile");
  return (
    <Alert color="yellow" title={t("totp.codesTitle")}>
      <Text size="sm" mb="xs">
        {t("totp.codesText")}
      </Text>
      <CopyField label={t("totp.codes")} value={codes.join("\n")} block />
    </Alert>
  );
}

function SetUp({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const { t } = useTranslation("profile");
  const begin = useBeginTotp();
  const confirm = useConfirmTotp();
  const [pending, setPending] = useState<{ secret: string; uri: string } | null>(null);
  const form = useApiForm({
    initial: { code: "" },
    submit: ({ code }) => confirm(code),
    onDone: ({ recovery_codes }) => onCodes(recovery_codes),
  });
  if (!pending) {
    return (
      <Group>
        <Button variant="default" onClick={async () => setPending(await begin(undefined))}>
          {t("totp.setUp")}
        </Button>
      </Group>
    );
  }
  return (
    <form onSubmit={form.onSubmit} style={{ display: "contents" }}>
      <Text size="sm">{t("totp.scan")}</Text>
      <QrCode text={pending.uri} label={t("totp.qr")} />
      <CopyField label={t("totp.secret")} value={pending.secret} />
      <TextInput
        label={t("totp.code")}
        inputMode="numeric"
        autoComplete="one-time-code"
        {...form.bindText("code")}
      />
      <FormProblem failure={form.failure} shownFields={["code"]} />
      <Group>
        <Button type="submit" loading={form.busy}>
          {t("totp.confirm")}
        </Button>
      </Group>
    </form>
  );
}

type OffProps = { codesLeft: number; onCodes: (codes: string[] | null) => void };

function SwitchOff({ codesLeft, onCodes }: OffProps) {
  const { t } = useTranslation("profile");
  const disable = useDisableTotp();
  const renew = useRenewCodes();
  const form = useApiForm({
    initial: { password: "", otp: "" },
    submit: async (proof) => onCodes((await renew(proof)).recovery_codes),
  });
  const off = useApiForm({
    initial: form.values,
    submit: async () => {
      await disable(form.values);
      onCodes(null);
    },
  });
  return (
    <form onSubmit={form.onSubmit} style={{ display: "contents" }}>
      <Text size="sm">{t("totp.left", { count: codesLeft })}</Text>
      <HiddenInput
        label={t("password.current")}
        autoComplete="current-password"
        {...form.bindText("password")}
      />
      <TextInput label={t("totp.code")} autoComplete="one-time-code" {...form.bindText("otp")} />
      <FormProblem failure={form.failure ?? off.failure} shownFields={["password", "otp"]} />
      <Group>
        <Button type="submit" variant="default" loading={form.busy} disabled={!form.dirty}>
          {t("totp.renew")}
        </Button>
        <Button
          color="red"
          variant="light"
          loading={off.busy}
          disabled={!form.dirty}
          onClick={off.save}
        >
          {t("totp.disable")}
        </Button>
      </Group>
    </form>
  );
}
