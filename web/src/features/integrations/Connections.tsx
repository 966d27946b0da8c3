// What is set up behind a card, each with its state, its calls and its ways on.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AppLink } from "@/ui/AppLink";
import { StatusBadge } from "@/ui/StatusBadge";
import classes from "./Integrations.module.css";
import type { Card, Connection } from "./queries";
import { byTrouble, verbatim } from "./shown";
import { tones } from "./tones";

type Props = { card: Card; onTest: (connection: Connection) => void };

export function Connections({ card, onTest }: Props) {
  const { t } = useTranslation("integrations");
  return (
    <ul className={classes.connections}>
      {byTrouble(card.connections).map((one) => (
        <li key={one.id}>
          <div className={classes.connection}>
            <StatusBadge
              tone={tones[one.state]}
              hint={one.last_error ? verbatim(one.last_error) : undefined}
            >
              {one.name}
            </StatusBadge>
            {one.calls > 0 && <span>{t("calls", { count: one.calls, failed: one.failed })}</span>}
          </div>
          <div className={classes.connectionWays}>
            {card.may_edit && one.configure && (
              <AppLink to={one.configure}>{t("configure")}</AppLink>
            )}
            {one.log && <AppLink to={one.log}>{t("log")}</AppLink>}
            {card.may_edit && card.test === "here" && (
              <Button size="compact-xs" variant="subtle" onClick={() => onTest(one)}>
                {t("test")}
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
