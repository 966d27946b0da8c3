// Whose words a message repeats, and the request they were said in.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import type { Message } from "../../types";
import classes from "./Forward.module.css";

export function ForwardedFrom({ from }: { from: NonNullable<Message["forwarded"]> }) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const name = from.author_name || (from.author_kind === "bot" ? t("panel:bot") : "");
  return (
    <span className={classes.from}>
      <Icon name="redo" size={12} />
      {t("panelTalk:forward.from", { name })}
      <Link
        to="/operator_panel/requests/{-$number}"
        params={{ number: String(from.request_id) }}
        search={true}
      >
        #{from.request_id}
      </Link>
    </span>
  );
}
