// Keeps one broken page from taking the whole app down.
import { Button } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState } from "./States";

function Broken({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const { t } = useTranslation("ui");
  return (
    <EmptyState
      icon="alert"
      title={t("broken.title")}
      text={
        <>
          <p>{t("broken.text")}</p>
          <code>{error.message}</code>
        </>
      }
      action={<Button onClick={onAgain}>{t("broken.again")}</Button>}
    />
  );
}

type Props = { children: ReactNode };

export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return <Broken error={this.state.error} onAgain={() => this.setState({ error: null })} />;
  }
}

export function RouteError({ error, reset }: ErrorComponentProps) {
  return <ErrorState error={error} onRetry={reset} />;
}
