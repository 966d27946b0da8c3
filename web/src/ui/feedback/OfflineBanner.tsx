// Says that the network is gone, and that what is shown may be old.
import { useNetwork } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { Icon } from "../Icon";
import classes from "./OfflineBanner.module.css";

export function OfflineBanner() {
  const { t } = useTranslation("ui");
  const { online } = useNetwork();
  if (online) return null;
  return (
    <div className={classes.banner} role="status">
      <Icon name="wifiOff" />
      {t("offline")}
    </div>
  );
}
