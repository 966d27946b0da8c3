// The panel within a CRM: which sites may show it, and the code for them.
import { Anchor, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { BackToIntegrations } from "@/features/integrations";
import { useCan } from "@/features/session";
import { AppLink } from "@/ui/AppLink";
import { CopyField } from "@/ui/CopyField";
import { Loaded } from "@/ui/feedback/States";
import { Page, Section } from "@/ui/page/Page";
import { OriginsForm } from "./OriginsForm";
import { useOrigins } from "./queries";
import { frameSnippet, scriptSnippet, tokenSnippet, zohoFunction } from "./snippets";
import { TryFrame } from "./TryFrame";

/** `tried`: the panel is shown in a frame at once. */
export function CrmWidgetPage({ tried }: { tried: boolean }) {
  const { t } = useTranslation("embed");
  const mayEdit = useCan()("embed.edit");
  const query = useOrigins();
  return (
    <Page title={t("title")} about={t("about")} back={<BackToIntegrations />}>
      <Loaded query={query} rows={6}>
        {({ origins }) => (
          <>
            <OriginsForm origins={origins} mayEdit={mayEdit} />
            <TryFrame opened={tried} />
            <Codes origin={origins[0] ?? "https://crm.example.com"} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Codes({ origin }: { origin: string }) {
  const { t } = useTranslation("embed");
  const engine = window.location.origin;
  return (
    <>
      <Section title={t("server")} about={t("serverAbout")}>
        <CopyField label={t("codeCurl")} value={tokenSnippet(engine, origin)} block />
        <Anchor mt="xs" size="sm" renderRoot={(props) => <AppLink {...props} to="/keys" />}>
          {t("keys")}
        </Anchor>
      </Section>
      <Section title={t("script")} about={t("scriptAbout")}>
        <CopyField label={t("codePage")} value={scriptSnippet(engine)} block />
      </Section>
      <Section title={t("frame")} about={t("frameAbout")}>
        <CopyField label={t("codeFrame")} value={frameSnippet(engine, origin)} block />
      </Section>
      <Section title={t("zoho")} about={t("zohoAbout")}>
        <div>
          <Button component="a" href="/api/v1/embed/zoho-widget" download variant="default">
            {t("download")}
          </Button>
        </div>
        <CopyField label={t("codeZoho")} value={zohoFunction(engine)} block />
      </Section>
    </>
  );
}
