// What a list or page shows instead of data: nothing yet, still loading, failed.
import { Button, Skeleton, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../Icon";
import { problemText, requestIdOf } from "./notify";
import classes from "./States.module.css";

type EmptyProps = { icon?: IconName; title: string; text?: ReactNode; action?: ReactNode };

export function EmptyState({ icon = "inbox", title, text, action }: EmptyProps) {
  return (
    <div className={classes.state}>
      <span className={classes.icon}>
        <Icon name={icon} size={22} />
      </span>
      <Text fw={600} size="md">
        {title}
      </Text>
      {text && <div className={classes.text}>{text}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}

type ErrorProps = { error: unknown; onRetry?: () => unknown };

export function ErrorState({ error, onRetry }: ErrorProps) {
  const { t } = useTranslation("ui");
  const requestId = requestIdOf(error);
  return (
    <div className={classes.state} role="alert">
      <span className={classes.icon} data-tone="bad">
        <Icon name="alert" size={22} />
      </span>
      <Text fw={600} size="md">
        {t("problem.notLoaded")}
      </Text>
      <div className={classes.text}>{problemText(error)}</div>
      {requestId && (
        <Text size="xs" c="dimmed">
          {t("problem.requestId")} <code>{requestId}</code>
        </Text>
      )}
      {onRetry && (
        <Button
          variant="default"
          leftSection={<Icon name="refresh" />}
          className={classes.action}
          onClick={() => onRetry()}
        >
          {t("retry")}
        </Button>
      )}
    </div>
  );
}

const widths = ["62%", "48%", "74%", "55%", "68%", "43%"];

/** Grey lines in place of text that is on its way. */
export function LoadingLines({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation("ui");
  return (
    <div className={classes.lines} role="status" aria-label={t("loading")}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity
        <Skeleton key={row} height={14} width={widths[row % widths.length]} radius="sm" />
      ))}
    </div>
  );
}

/** Before the code of a page is there. */
export function LoadingPage() {
  return (
    <div className={classes.page}>
      <LoadingLines />
    </div>
  );
}

type LoadProps<T> = {
  query: {
    data: T | undefined;
    error: unknown;
    isPending: boolean;
    refetch: () => unknown;
  };
  children: (data: T) => ReactNode;
  rows?: number;
};

/** Loading, failure and data of one query, the same way everywhere. */
export function Loaded<T>({ query, children, rows }: LoadProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ErrorState error={query.error} onRetry={query.refetch} />;
  return <LoadingLines rows={rows} />;
}
