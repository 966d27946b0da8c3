// The way back from the page of an integration to all of them.
import { useTranslation } from "react-i18next";
import { AppLink } from "@/ui/AppLink";
import { Icon } from "@/ui/Icon";

export function BackToIntegrations() {
  const { t } = useTranslation("integrations");
  return (
    <AppLink to="/integrations">
      <Icon name="arrowLeft" size={12} /> {t("title")}
    </AppLink>
  );
}
