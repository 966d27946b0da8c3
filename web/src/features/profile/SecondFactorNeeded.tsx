// Stands in place of every page until a role's second factor is set up and its codes are kept.
import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "@/features/session";
import { Page, SectionActions } from "@/ui/page/Page";
import { TotpSection } from "./TotpSection";

export function SecondFactorNeeded({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("profile");
  const me = useMe();
  if (!me) return null;
  return (
    <Page title={t("totp.needed")} about={t("totp.neededText")}>
      <div>
        <TotpSection on={me.totp_enabled} codesLeft={me.recovery_codes_left} />
        <SectionActions>
          <Group>
            <Button disabled={me.second_factor_needed} onClick={onDone}>
              {t("totp.goOn")}
            </Button>
          </Group>
        </SectionActions>
      </div>
    </Page>
  );
}
