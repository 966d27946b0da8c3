// Errors and warnings of the check; each leads to its node.
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import type { Finding } from "../graph/problems";
import classes from "./Panels.module.css";

type Props = { findings: Finding[]; onOpen?: (nodeId: number) => void };

export function FindingList({ findings, onOpen }: Props) {
  const { t } = useTranslation("scenario");
  return (
    <ul className={classes.findings}>
      {findings.map((finding) => {
        const { level, nodeId, path, message } = finding;
        const inner = (
          <>
            <span className={classes.findingIcon} data-level={level}>
              <Icon name="alert" size={14} label={t(`problems.${level}`)} />
            </span>
            <span className={classes.findingText}>
              {message}
              <small>
                {nodeId !== null && `#${nodeId} `}
                {path && <code>{path}</code>}
              </small>
            </span>
          </>
        );
        return (
          <li key={`${level} ${finding.code} ${nodeId} ${path} ${message}`}>
            {onOpen && nodeId !== null ? (
              <UnstyledButton className={classes.finding} onClick={() => onOpen(nodeId)}>
                {inner}
              </UnstyledButton>
            ) : (
              <div className={classes.finding}>{inner}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
