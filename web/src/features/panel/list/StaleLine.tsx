// The list could not be read anew: what is shown stays, and may be old.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./List.module.css";

export function StaleLine({ onRetry }: { onRetry: () => unknown }) {
  const { t } = useTranslation(["panel", "ui"]);
  return (
    <div className={classes.stale} role="alert">
      {t("panel:list.stale")}
      <Button size="compact-xs" variant="default" onClick={() => onRetry()}>
        {t("ui:retry")}
      </Button>
    </div>
  );
}
