// The result of the check beside the canvas.
import { ActionIcon, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import type { Finding } from "../graph/problems";
import { FindingList } from "./FindingList";
import classes from "./Panels.module.css";

type Props = { findings: Finding[]; onOpen: (nodeId: number) => void; onClose: () => void };

export function ProblemsPanel({ findings, onOpen, onClose }: Props) {
  const { t } = useTranslation(["scenario", "ui"]);
  const errors = findings.filter(({ level }) => level === "error");
  const warnings = findings.filter(({ level }) => level === "warning");
  return (
    <aside className={classes.panel} aria-label={t("problems.title")}>
      <header className={classes.head}>
        <Icon name={findings.length ? "alert" : "check"} />
        <div className={classes.headText}>
          <h2>{t("problems.title")}</h2>
          <span>
            {t("problems.errors", { count: errors.length })},{" "}
            {t("problems.warnings", { count: warnings.length })}
          </span>
        </div>
        <ActionIcon aria-label={t("ui:close")} onClick={onClose}>
          <Icon name="close" />
        </ActionIcon>
      </header>
      <div className={classes.body}>
        {findings.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("problems.none")}
          </Text>
        )}
        {errors.length > 0 && <FindingList findings={errors} onOpen={onOpen} />}
        {warnings.length > 0 && <FindingList findings={warnings} onOpen={onOpen} />}
      </div>
    </aside>
  );
}
