// Asks before an old version becomes the current one, and says what follows from it.
import { Alert, List } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, type FieldProblem } from "@/api/problem";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone } from "@/ui/feedback/notify";
import { useRestore, type Version } from "../queries";

type Props = {
  botId: number;
  version: Version;
  /** Runs the restoration while nothing else writes the draft. */
  onRestore: (restore: () => Promise<unknown>) => Promise<void>;
  onClose: () => void;
};

/** Actions that exist no more: a restoration may accept that, other errors it may not. */
function goneActions(error: unknown): FieldProblem[] | null {
  if (!(error instanceof ApiError) || error.status !== 422 || error.errors.length === 0)
    return null;
  return error.errors.every(({ code }) => code === "unknown_action") ? error.errors : null;
}

export function RestoreDialog({ botId, version, onRestore, onClose }: Props) {
  const { t } = useTranslation("scenario");
  const restore = useRestore(botId);
  const [gone, setGone] = useState<FieldProblem[] | null>(null);
  const { number } = version;

  const confirm = async () => {
    try {
      await onRestore(async () => {
        const made = await restore({ number, confirm: gone !== null });
        showDone(t("restore.done", { number, made: made.number }));
      });
    } catch (error) {
      setGone(goneActions(error));
      throw error;
    }
  };

  return (
    <ConfirmDialog
      opened
      title={t("restore.title", { number })}
      consequences={[t("restore.newVersion"), t("restore.draft"), t("restore.dialogs")]}
      confirmLabel={gone ? t("restore.anyway") : t("restore.action")}
      danger={gone !== null}
      onConfirm={confirm}
      onClose={onClose}
    >
      {gone && (
        <Alert color="yellow" title={t("restore.gone")}>
          <List size="sm">
            {gone.map(({ field, message }) => (
              <List.Item key={field}>{message}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </ConfirmDialog>
  );
}
