// Beside the conversation: what the request is about, and who the client is.
import { SegmentedControl } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { Details } from "../types";
import { ClientTab } from "./ClientTab";
import { DetailsTab } from "./DetailsTab";
import classes from "./Side.module.css";

export function Side({ details }: { details: Details }) {
  const { t } = useTranslation("panel");
  const [tab, setTab] = useLocalStorage<"details" | "client">({
    key: "connective.panel.tab",
    defaultValue: "details",
    getInitialValueInEffect: false,
  });
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
          <DetailsTab key={details.request.id} details={details} />
        ) : (
          <ClientTab details={details} />
        )}
      </div>
    </aside>
  );
}
