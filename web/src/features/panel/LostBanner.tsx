// Says that no events come; what is shown may be old, and what is written waits.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConnected } from "@/api/useLive";
import classes from "@/ui/feedback/OfflineBanner.module.css";
import { Icon } from "@/ui/Icon";

/** A change of pages or a short break is nothing to speak of. */
const patienceMs = 1_500;

export function LostBanner() {
  const { t } = useTranslation("panel");
  const connected = useConnected();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    if (connected) {
      setLost(false);
      return;
    }
    const timer = setTimeout(() => setLost(true), patienceMs);
    return () => clearTimeout(timer);
  }, [connected]);
  if (!lost) return null;
  return (
    <div className={classes.banner} role="status">
      <Icon name="wifiOff" />
      {t("lost")}
    </div>
  );
}
