// What can be done to the chosen rows, how far it is, and what did not work out.
import { ActionIcon, Tooltip } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { Icon, type IconName } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import type { Change } from "../../logic/bulk";
import type { Request } from "../../types";
import type { Choosing } from "../useChoosing";
import { Failures } from "./Failures";
import classes from "./Many.module.css";
import { type AskingMany, ManyDialog } from "./ManyDialog";
import { Moving } from "./Moving";
import { useMany } from "./useMany";

type Props = { rows: Request[]; choosing: Choosing };

export function ManyBar({ rows, choosing }: Props) {
  const many = useMany(choosing);
  const chosen = rows.filter(({ id }) => choosing.ids.has(id));
  if (chosen.length === 0 && !many.going) return null;
  return <Bar chosen={chosen} choosing={choosing} many={many} />;
}

type BarProps = { chosen: Request[]; choosing: Choosing; many: ReturnType<typeof useMany> };

function Bar({ chosen, choosing, many }: BarProps) {
  const { t } = useTranslation(["panel", "panelMany"]);
  const [asking, setAsking] = useState<AskingMany>(null);
  const box = useRef<HTMLElement>(null);
  const { going, run, dismiss } = many;
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
          <Actions onAsk={setAsking} onRun={(change) => void run(chosen, change)} />
        </div>
      )}
      <ManyDialog
        asking={asking}
        count={chosen.length}
        onRun={(change) => void run(chosen, change)}
        onClose={() => setAsking(null)}
      />
    </section>
  );
}

type ActionsProps = { onAsk: (asking: AskingMany) => void; onRun: (change: Change) => void };

function Actions({ onAsk, onRun }: ActionsProps) {
  const { t } = useTranslation(["panel", "panelMany"]);
  const can = useCan();
  return (
    <div className={classes.actions}>
      {can("requests.assign_any") ? (
        <One icon="user" label={t("panelMany:assign.open")} onClick={() => onAsk("assign")} />
      ) : (
        can("requests.take") && (
          <One icon="user" label={t("panelMany:take.open")} onClick={() => onRun({ take: {} })} />
        )
      )}
      {can("requests.edit") && (
        <>
          <One icon="tag" label={t("panelMany:tags.open")} onClick={() => onAsk("tags")} />
          <One icon="flow" label={t("panelMany:topic.open")} onClick={() => onAsk("topic")} />
        </>
      )}
      <One icon="checks" label={t("panelMany:read.open")} onClick={() => onRun({ read: {} })} />
      {can("requests.close") && (
        <One icon="check" label={t("panelMany:close.open")} onClick={() => onAsk("close")} />
      )}
    </div>
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
