// The connection of the instance to Zoho CRM.

import { Alert } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { BackToIntegrations } from "@/features/integrations";
import { useCan } from "@/features/session";
import { Loaded } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/page/Page";
import { Grant } from "./Grant";
import { Notes } from "./Notes";
import { useZoho } from "./queries";
import { SettingsForm } from "./SettingsForm";

/** How the way to Zoho and back ended, as the address says. */
const outcomes = {
  ok: "ok",
  access_denied: "access_denied",
  invalid_code: "invalid_code",
  invalid_client: "invalid_client",
  zoho_state_refused: "zoho_state_refused",
  zoho_unreachable: "zoho_unreachable",
  zoho_no_refresh_token: "zoho_no_refresh_token",
} as const;

export function ZohoPage() {
  const { t } = useTranslation("zoho");
  const query = useZoho();
  const mayEdit = useCan()("zoho.edit");
  return (
    <Page title={t("title")} about={t("about")} back={<BackToIntegrations />}>
      <Outcome />
      <Loaded query={query} rows={8}>
        {(stored) => (
          <>
            <Grant zoho={stored.zoho} mayEdit={mayEdit} />
            <SettingsForm stored={stored} mayEdit={mayEdit} />
            <Notes mayEdit={mayEdit} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Outcome() {
  const { t } = useTranslation("zoho");
  const { grant } = useLocation().search as { grant?: string };
  if (!grant) return null;
  const outcome = outcomes[grant as keyof typeof outcomes] ?? "refused";
  const good = outcome === "ok";
  return (
    <Alert
      color={good ? "green" : "red"}
      icon={<Icon name={good ? "check" : "alert"} />}
      role="status"
      mb="md"
    >
      {t(`grant.${outcome}`)}
    </Alert>
  );
}
