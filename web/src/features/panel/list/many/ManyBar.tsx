// What can be done to the chosen rows, how far it is, and what did not work out.
import { ActionIcon, Tooltip } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import type { Request } from "../../types";
import type { Choosing } from "../useChoosing";
import { useManyActions } from "./actions";
import { Failures } from "./Failures";
import classes from "./Many.module.css";
import { type AskingMany, ManyDialog } from "./ManyDialog";
import { Moving } from "./Moving";
import { RowMenuAt, type RowMenuState } from "./RowMenuAt";
import { useMany } from "./useMany";

type Props = { rows: Request[]; choosing: Choosing; menu: RowMenuState };

export function ManyBar({ rows, choosing, menu }: Props) {
  const many = useMany(choosing);
  const chosen = rows.filter(({ id }) => choosing.ids.has(id));
  if (chosen.length === 0 && !many.going) return null;
  return <Bar chosen={chosen} choosing={choosing} many={many} menu={menu} />;
}

type BarProps = {
  chosen: Request[];
  choosing: Choosing;
  many: ReturnType<typeof useMany>;
  menu: RowMenuState;
};

function Bar({ chosen, choosing, many, menu }: BarProps) {
  const { t } = useTranslation(["panel", "panelMany"]);
  const [asking, setAsking] = useState<AskingMany>(null);
  const box = useRef<HTMLElement>(null);
  const { going, run, dismiss } = many;
  const actions = useManyActions(setAsking, (change) => void run(chosen, change));
  const leave = () => {
    const isInside = box.current?.contains(document.activeElement);
    choosing.clear();
    dismiss();
    if (isInside) document.querySelector<HTMLElement>('[role="option"][tabindex="0"]')?.focus();
  };
  useHotkey("Escape", t("keys.clear"), () => (going?.busy ? false : leave()));
  return (
    <section ref={box} className={classes.bar} aria-label={t("panelMany:label")}>
      {going && !going.busy && (
        <Failures going={going} onRetry={(failed, change) => void run(failed, change)} />
      )}
      {going?.busy ? (
        <Moving going={going} />
      ) : (
        <div className={classes.line}>
          <Tooltip label={t("keys.clear")}>
            <ActionIcon size={32} aria-label={t("keys.clear")} onClick={leave}>
              <Icon name="close" />
            </ActionIcon>
          </Tooltip>
          <output className={classes.count}>
            {t("panelMany:chosen", { count: chosen.length })}
          </output>
          <div className={classes.actions}>
            {actions.map(({ icon, label, run: act }) => (
              <One key={label} icon={icon} label={label} onClick={act} />
            ))}
          </div>
        </div>
      )}
      <RowMenuAt menu={menu} choosing={choosing} actions={actions} />
      <ManyDialog
        asking={asking}
        count={chosen.length}
        onRun={(change) => void run(chosen, change)}
        onClose={() => setAsking(null)}
      />
    </section>
  );
}

function One({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={32} aria-label={label} onClick={onClick}>
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}
