// The way from a scenario to its bot.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";

export function BackToBot({ id, name }: { id: number; name: string }) {
  const { t } = useTranslation("scenario");
  return (
    <Link to="/bots/$id" params={{ id: String(id) }}>
      <Icon name="arrowLeft" size={12} /> {name || t("toBot")}
    </Link>
  );
}
