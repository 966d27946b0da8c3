// Beside the conversation: what the request is about, and who the client is.
import { SegmentedControl } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { type Tab, useSideTab } from "../data/side";
import type { Details, Wanted } from "../types";
import { ClientTab } from "./ClientTab";
import { DetailsTab } from "./DetailsTab";
import classes from "./Side.module.css";
import { SideMenu } from "./SideMenu";

/** `stands`: beside the dialog, so that one may choose how it comes up. */
type Props = { details: Details; wanted: Wanted; onFound: () => void; stands: boolean };

export function Side({ details, wanted, onFound, stands }: Props) {
  const { t } = useTranslation("panel");
  const [tab, setTab] = useSideTab();
  useEffect(() => {
    if (wanted) setTab("details");
  }, [wanted, setTab]);
  return (
    <aside className={classes.side} aria-label={t("side.label")}>
      <div className={classes.tabs}>
        <SegmentedControl
          flex={1}
          size="xs"
          aria-label={t("side.label")}
          value={tab}
          onChange={(value) => setTab(value as Tab)}
          data={[
            { value: "details", label: t("side.details") },
            { value: "client", label: t("side.client") },
          ]}
        />
        {stands && <SideMenu />}
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
