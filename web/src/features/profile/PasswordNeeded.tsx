// Stands in place of every page until a given or expired password is replaced.
import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "@/features/session";
import { Page } from "@/ui/page/Page";
import { PasswordForm } from "./PasswordSection";

export function PasswordNeeded() {
  const { t } = useTranslation("profile");
  const me = useMe();
  return (
    <Page title={t("password.needed")} about={t("password.neededText")}>
      <Stack maw={400}>
        <PasswordForm totp={me?.totp_enabled ?? false} />
      </Stack>
    </Page>
  );
}
