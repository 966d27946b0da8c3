// Short messages at the edge of the screen: done, undo, and refusals with their request id.
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { ApiError } from "@/api/problem";
import { Icon } from "../Icon";

/** One sentence for people; server sentences come translated already. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiError)) return i18next.t("ui:problem.unexpected");
  if (error.isOffline) return i18next.t("ui:problem.offline");
  if (error.status === 429 && error.retryAfter !== null) {
    return i18next.t("ui:problem.wait", { count: error.retryAfter });
  }
  if (error.status >= 500 && error.status !== 503) return i18next.t("ui:problem.server");
  return error.message;
}

export function requestIdOf(error: unknown): string | null {
  return error instanceof ApiError ? error.requestId : null;
}

export function showProblem(error: unknown): void {
  const requestId = requestIdOf(error);
  notifications.show({
    color: "red",
    icon: <Icon name="alert" />,
    autoClose: 10_000,
    withBorder: true,
    closeButtonProps: { "aria-label": i18next.t("ui:close") },
    message: (
      <>
        <Text size="sm">{problemText(error)}</Text>
        {requestId && (
          <Text size="xs" c="dimmed">
            {i18next.t("ui:problem.requestId")} <code>{requestId}</code>
          </Text>
        )}
      </>
    ),
  });
}

export function showDone(message: string): void {
  notifications.show({
    color: "accent",
    icon: <Icon name="check" />,
    withBorder: true,
    autoClose: 4_000,
    closeButtonProps: { "aria-label": i18next.t("ui:close") },
    message,
  });
}

/** Something that somebody has to know, until he puts it away, or for so long. */
export function showNotice(message: string, forMs?: number): void {
  notifications.show({
    color: "yellow",
    icon: <Icon name="bell" />,
    withBorder: true,
    autoClose: forMs ?? false,
    closeButtonProps: { "aria-label": i18next.t("ui:close") },
    message,
  });
}

/** Says what happened and offers to take it back for eight seconds. */
export function showUndo(message: string, undo: () => unknown): void {
  const id = crypto.randomUUID();
  const takeBack = () => {
    notifications.hide(id);
    undo();
  };
  notifications.show({
    id,
    autoClose: 8_000,
    withBorder: true,
    color: "gray",
    closeButtonProps: { "aria-label": i18next.t("ui:close") },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button variant="subtle" onClick={takeBack}>
          {i18next.t("ui:undo")}
        </Button>
      </Group>
    ),
  });
}
