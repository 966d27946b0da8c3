// The question before a bot is archived.
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone } from "@/ui/feedback/notify";
import { useArchiveBot } from "./queries";

type Props = {
  bot: { id: number; name: string; alias: string };
  opened: boolean;
  onClose: () => void;
  onDone?: () => void;
};

export function ArchiveDialog({ bot, opened, onClose, onDone }: Props) {
  const { t } = useTranslation("bots");
  const archive = useArchiveBot();
  const confirm = async () => {
    await archive(bot.id);
    showDone(t("archive.done", { name: bot.name }));
    onDone?.();
  };
  return (
    <ConfirmDialog
      opened={opened}
      title={t("archive.ask", { name: bot.name })}
      consequences={[t("archive.stops"), t("archive.history")]}
      confirmLabel={t("archive.action")}
      typeToConfirm={bot.alias}
      danger
      onClose={onClose}
      onConfirm={confirm}
    />
  );
}
