// Connections of bots to eSputnik: one bot at a time, chosen in the address.
import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBotChoicesQuery } from "@/features/bots";
import { BackToIntegrations } from "@/features/integrations";
import { useCan } from "@/features/session";
import { EmptyState, Loaded } from "@/ui/feedback/States";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Page } from "@/ui/page/Page";
import { Health } from "./Health";
import { Pushes } from "./Pushes";
import { useEsputnik } from "./queries";
import { SettingsForm } from "./SettingsForm";

export function EsputnikPage() {
  const { t } = useTranslation("esputnik");
  const query = useBotChoicesQuery();
  return (
    <Page title={t("title")} about={t("about")} back={<BackToIntegrations />}>
      <Loaded query={query} rows={6}>
        {(bots) =>
          bots.length === 0 ? (
            <EmptyState icon="bot" title={t("noBots")} text={t("noBotsText")} />
          ) : (
            <OfBot bots={bots} />
          )
        }
      </Loaded>
    </Page>
  );
}

function OfBot({ bots }: { bots: { value: string; label: string }[] }) {
  const { t } = useTranslation("esputnik");
  const [{ bot }, setFilters] = useUrlFilters<"bot">();
  const chosen = bot ?? bots[0]?.value ?? "";
  return (
    <>
      <NativeSelect
        label={t("bot")}
        data={bots}
        value={chosen}
        onChange={(event) => setFilters({ bot: event.currentTarget.value })}
        style={{ maxWidth: "24rem", marginBottom: "1rem" }}
      />
      <BotConnection key={chosen} botId={Number(chosen)} />
    </>
  );
}

function BotConnection({ botId }: { botId: number }) {
  const query = useEsputnik(botId);
  const mayEdit = useCan()("esputnik.edit");
  return (
    <Loaded query={query} rows={6}>
      {(stored) => (
        <>
          {stored.esputnik && <Health botId={botId} esputnik={stored.esputnik} />}
          <SettingsForm botId={botId} stored={stored} mayEdit={mayEdit} />
          {stored.esputnik && <Pushes botId={botId} mayEdit={mayEdit} />}
        </>
      )}
    </Loaded>
  );
}
