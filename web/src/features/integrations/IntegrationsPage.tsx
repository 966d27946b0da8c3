// Every integration side by side: what it is for, whether it works, where it is set up.
import { Alert, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, Loaded } from "@/ui/feedback/States";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/page/Page";
import { IntegrationCard } from "./IntegrationCard";
import classes from "./Integrations.module.css";
import { type Card, type Connection, purposes, useHealth } from "./queries";
import { shown } from "./shown";
import { TestDialog } from "./TestDialog";

type Testing = { card: Card; connection: Connection };

export function IntegrationsPage() {
  const { t } = useTranslation("integrations");
  const [{ purpose }, setFilters] = useUrlFilters<"purpose">();
  const query = useHealth();
  const [testing, setTesting] = useState<Testing | null>(null);
  const tabs = (
    <SegmentedControl
      className={classes.purposes}
      withItemsBorders={false}
      aria-label={t("purpose")}
      data={[
        { value: "", label: t("purposes.all") },
        ...purposes.map((value) => ({ value, label: t(`purposes.${value}`) })),
      ]}
      value={purpose ?? ""}
      onChange={(next) => setFilters({ purpose: next || undefined })}
    />
  );
  return (
    <Page title={t("title")} about={t("about")} tabs={tabs}>
      <Loaded query={query} rows={6}>
        {(cards) => {
          const troubled = cards.filter((card) => card.troubled);
          const left = shown([...cards], purpose);
          return (
            <>
              {troubled.length > 0 && (
                <Alert
                  color="yellow"
                  icon={<Icon name="alert" />}
                  title={t("trouble.title")}
                  mb="md"
                >
                  {troubled.map((card) => (
                    <div key={card.key}>
                      {t("trouble.share", {
                        name: card.name,
                        failed: card.failed,
                        calls: card.calls,
                      })}
                    </div>
                  ))}
                </Alert>
              )}
              {left.length === 0 && (
                <EmptyState icon="search" title={t("nothing")} text={t("nothingText")} />
              )}
              <ul className={classes.cards} aria-label={t("title")}>
                {left.map((card) => (
                  <IntegrationCard
                    key={card.key}
                    card={card}
                    onTest={(connection) => setTesting({ card, connection })}
                  />
                ))}
              </ul>
            </>
          );
        }}
      </Loaded>
      {testing && <TestDialog {...testing} onClose={() => setTesting(null)} />}
    </Page>
  );
}
