// What can be done to the chosen bots at once, how far it is, and what was said of single ones.
import { Button, CloseButton, Menu, Progress } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone, showUndo } from "@/ui/feedback/notify";
import { Icon } from "@/ui/Icon";
import classes from "./Bots.module.css";
import { useBotGroups } from "./groups";
import { type BotsChange, differing, type Outcome, useManyBots, waysBack } from "./many";
import type { BotListed } from "./queries";

type Props = { chosen: BotListed[]; onChosen: (ids: number[]) => void };
const whole = 100;

export function ManyBots({ chosen, onChosen }: Props) {
  const { t } = useTranslation(["botGroups", "bots", "common", "ui"]);
  const can = useCan();
  const groups = useBotGroups().data ?? [];
  const { going, run, dismiss } = useManyBots();
  const [asking, setAsking] = useState<boolean | null>(null);

  const tell = ({ done }: Outcome, change: BotsChange) => {
    if (done.length === 0) return;
    const said = "group_id" in change ? "moved" : change.active ? "activated" : "deactivated";
    showUndo(t(`many.${said}`, { count: done.length }), async () => {
      for (const [bots, back] of waysBack(done, change)) await run(bots, back);
    });
  };
  const act = async (change: BotsChange) => {
    const changing = differing(chosen, change);
    if (changing.length === 0) return showDone(t("many.nothing"));
    const outcome = await run(changing, change);
    tell(outcome, change);
    onChosen(outcome.told.filter(({ failed }) => failed).map(({ bot }) => bot.id));
  };
  const leave = () => {
    dismiss();
    onChosen([]);
  };
  if (chosen.length === 0 && !going) return null;

  return (
    <section className={classes.many} aria-label={t("many.label")}>
      {going && !going.busy && (
        <ul className={classes.told} role="alert">
          {going.told.map(({ bot, failed, said }) => (
            <li key={`${bot.id} ${said}`} data-failed={failed || undefined}>
              <b>{bot.name}</b> {said}
            </li>
          ))}
        </ul>
      )}
      {going?.busy ? (
        <Progress
          aria-label={t("many.label")}
          value={((going.done.length + going.told.length) / going.asked) * whole}
        />
      ) : (
        <div className={classes.manyLine}>
          <CloseButton aria-label={t("many.clear")} onClick={leave} />
          <output className={classes.manyCount}>
            {t("many.chosen", { number: chosen.length })}
          </output>
          {can("bots.activate") && (
            <>
              <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
                {t("bots:switch.turnOn")}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setAsking(false)}>
                {t("bots:switch.turnOff")}
              </Button>
            </>
          )}
          {can("bots.edit") && (
            <Menu>
              <Menu.Target>
                <Button
                  size="compact-sm"
                  variant="default"
                  rightSection={<Icon name="chevronDown" size={12} />}
                >
                  {t("many.move")}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {groups.map(({ id, name }) => (
                  <Menu.Item key={id} onClick={() => void act({ group_id: id })}>
                    {name}
                  </Menu.Item>
                ))}
                {groups.length > 0 && <Menu.Divider />}
                <Menu.Item onClick={() => void act({ group_id: null })}>{t("takeOut")}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
      )}
      {asking !== null && (
        <ConfirmDialog
          opened
          title={t(asking ? "many.onTitle" : "many.offTitle", { count: chosen.length })}
          consequences={[
            t(asking ? "bots:switch.on.messages" : "bots:switch.off.messages"),
            t(asking ? "bots:switch.on.calls" : "bots:switch.off.calls"),
          ]}
          confirmLabel={t(asking ? "bots:switch.turnOn" : "bots:switch.turnOff")}
          danger={!asking}
          onClose={() => setAsking(null)}
          onConfirm={() => act({ active: asking })}
        />
      )}
    </section>
  );
}
