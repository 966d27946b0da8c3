// The panel in a frame of this page, as a CRM shows it.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "@/ui/page/Page";
import classes from "./TryFrame.module.css";

export function TryFrame({ opened }: { opened: boolean }) {
  const { t } = useTranslation("embed");
  const [isShown, setShown] = useState(opened);
  return (
    <Section title={t("try")} about={t("tryAbout")}>
      {isShown ? (
        <iframe
          className={classes.frame}
          title={t("tryFrame")}
          src="/embed/operator-panel?view=list"
        />
      ) : (
        <div>
          <Button variant="default" onClick={() => setShown(true)}>
            {t("tryOpen")}
          </Button>
        </div>
      )}
    </Section>
  );
}
