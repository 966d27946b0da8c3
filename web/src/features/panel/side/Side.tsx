// Beside the conversation: what the request is about, and who the client is.
import { SegmentedControl } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Details, Wanted } from "../types";
import { ClientTab } from "./ClientTab";
import { DetailsTab } from "./DetailsTab";
import classes from "./Side.module.css";

type Props = { details: Details; wanted: Wanted; onFound: () => void };

export function Side({ details, wanted, onFound }: Props) {
  const { t } = useTranslation("panel");
  const [tab, setTab] = useLocalStorage<"details" | "client">({
    key: "connective.panel.tab",
    defaultValue: "details",
    getInitialValueInEffect: false,
  });
  useEffect(() => {
    if (wanted) setTab("details");
  }, [wanted, setTab]);
  return (
    <aside className={classes.side} aria-label={t("side.label")}>
      <div className={classes.tabs}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t("side.label")}
          value={tab}
          onChange={(value) => setTab(value as "details" | "client")}
          data={[
            { value: "details", label: t("side.details") },
            { value: "client", label: t("side.client") },
          ]}
        />
      </div>
      <div className={classes.body}>
        {tab === "details" ? (
          <DetailsTab
            key={details.request.id}
            details={details}
            wanted={wanted}
            onFound={onFound}
          />
        ) : (
          <ClientTab details={details} />
        )}
      </div>
    </aside>
  );
}
