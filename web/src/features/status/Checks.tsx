// One line per check: state, what was found, how long it took, since when.
import { Collapse, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Icon } from "@/ui/Icon";
import { JsonView } from "@/ui/JsonView";
import { RelativeTime } from "@/ui/RelativeTime";
import { StatusBadge } from "@/ui/StatusBadge";
import type { Check } from "./queries";
import classes from "./Status.module.css";
import { stateKey, tones } from "./state";

export function Checks({ checks }: { checks: Check[] }) {
  return (
    <div className={classes.list}>
      {checks.map((check) => (
        <OneCheck key={check.name} check={check} />
      ))}
    </div>
  );
}

function OneCheck({ check }: { check: Check }) {
  const { t } = useTranslation("status");
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const state = stateKey(check.state);
  const hasFacts = Object.keys(check.facts).length > 0;
  return (
    <div className={classes.check}>
      <UnstyledButton
        className={classes.line}
        aria-expanded={hasFacts ? open : undefined}
        disabled={!hasFacts}
        onClick={() => setOpen(!open)}
      >
        <span className={classes.name}>{check.label}</span>
        <StatusBadge tone={tones[state] ?? "idle"}>{t(`state.${state}`)}</StatusBadge>
        <span className={classes.detail}>{check.detail}</span>
        <span className={classes.meta}>
          {format.duration(check.ms)}
          {check.since && (
            <>
              {" · "}
              {t("checks.since")} <RelativeTime at={check.since} />
            </>
          )}
        </span>
        {hasFacts && <Icon name={open ? "chevronDown" : "chevronRight"} size={14} />}
      </UnstyledButton>
      <Collapse expanded={open}>
        <div className={classes.facts2}>
          <JsonView value={check.facts} label={check.label} />
        </div>
      </Collapse>
    </div>
  );
}
