// Switches a bot on or off, after saying what that means.
import { Alert, List, Switch } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone } from "@/ui/feedback/notify";
import { useActivateBot, useDeactivateBot } from "./queries";

type Props = { bot: { id: number; name: string; active: boolean }; withLabel?: boolean };

export function BotSwitch({ bot, withLabel = false }: Props) {
  const { t } = useTranslation(["bots", "common"]);
  const can = useCan();
  const [asking, setAsking] = useState(false);
  const activate = useActivateBot();
  const deactivate = useDeactivateBot();
  const state = bot.active ? t("common:active") : t("common:inactive");

  const confirm = async () => {
    const changed = await (bot.active ? deactivate(bot.id) : activate(bot.id));
    if (changed.warnings.length === 0) {
      return showDone(t(changed.active ? "switch.isOn" : "switch.isOff", { name: bot.name }));
    }
    notifications.show({
      color: "yellow",
      withBorder: true,
      autoClose: false,
      title: t(changed.active ? "switch.isOn" : "switch.isOff", { name: bot.name }),
      message: (
        <List size="sm">
          {changed.warnings.map((warning) => (
            <List.Item key={warning.code}>{warning.message}</List.Item>
          ))}
        </List>
      ),
    });
  };

  return (
    <>
      <Switch
        checked={bot.active}
        disabled={!can("bots.activate")}
        onChange={() => setAsking(true)}
        label={withLabel ? state : undefined}
        aria-label={t("switch.of", { name: bot.name })}
      />
      <ConfirmDialog
        opened={asking}
        title={t(bot.active ? "switch.offTitle" : "switch.onTitle", { name: bot.name })}
        consequences={
          bot.active
            ? [t("switch.off.messages"), t("switch.off.calls"), t("switch.off.kept")]
            : [t("switch.on.messages"), t("switch.on.calls"), t("switch.on.stored")]
        }
        confirmLabel={bot.active ? t("switch.turnOff") : t("switch.turnOn")}
        danger={bot.active}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

export function InactiveNotice() {
  const { t } = useTranslation("bots");
  return <Alert color="gray">{t("inactiveNotice")}</Alert>;
}
