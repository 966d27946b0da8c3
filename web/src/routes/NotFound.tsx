// An address that leads nowhere.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/feedback/States";

export function NotFound() {
  const { t } = useTranslation("shell");
  return (
    <EmptyState
      icon="search"
      title={t("notFound.title")}
      text={t("notFound.text")}
      action={
        <Button renderRoot={(props) => <Link to="/" {...props} />}>{t("notFound.back")}</Button>
      }
    />
  );
}
