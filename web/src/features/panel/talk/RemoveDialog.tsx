// Asks before a message is taken back, and says who will not see it any more.
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { useDelete } from "../data/corrections";
import { wordsOf } from "../logic/wording";
import type { Message } from "../types";
import classes from "./Talk.module.css";

type Props = { request: number; message: Message | null; onClose: () => void };

export function RemoveDialog({ request, message, onClose }: Props) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const remove = useDelete(request);
  if (!message) return null;
  const whose =
    message.direction === "note" ? "note" : message.status === "failed" ? "failed" : "client";
  return (
    <ConfirmDialog
      opened
      danger
      title={t("panelTalk:message.deleteTitle")}
      consequences={[t(`panelTalk:message.deleted.${whose}`)]}
      confirmLabel={t("panelTalk:message.delete")}
      onConfirm={() => remove.mutateAsync(message.id)}
      onClose={onClose}
    >
      {message.text && <q className={classes.removed}>{wordsOf(message)}</q>}
    </ConfirmDialog>
  );
}
