// A few words of the message that is answered.
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Quoted } from "../types";
import classes from "./Talk.module.css";

type Props = { quoted: Quoted; onGo?: () => void };

export function Quote({ quoted, onGo }: Props) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const { kind, text, author_kind, author_name } = quoted;
  const name = author_name || (author_kind === "bot" ? t("bot") : "");
  const words =
    text ||
    t(kind === "text" || kind === "press" ? "panelTalk:quote.earlier" : "panelTalk:quote.file");
  const shown = (
    <>
      {name && <strong>{name}</strong>}
      <span>{words}</span>
    </>
  );
  if (!onGo) return <span className={classes.quote}>{shown}</span>;
  return (
    <UnstyledButton className={classes.quote} title={t("panelTalk:quote.go")} onClick={onGo}>
      {shown}
    </UnstyledButton>
  );
}
