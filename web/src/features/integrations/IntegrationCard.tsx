// One integration: state, last call, last error as it was answered, and the ways on.
import { Button, Menu, Tooltip, UnstyledButton } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { AppLink } from "@/ui/AppLink";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { StatusBadge } from "@/ui/StatusBadge";
import { Connections } from "./Connections";
import classes from "./Integrations.module.css";
import type { Card, Connection } from "./queries";
import { verbatim } from "./shown";
import { tones } from "./tones";

type Props = { card: Card; onTest: (connection: Connection) => void };

export function IntegrationCard({ card, onTest }: Props) {
  const { t } = useTranslation("integrations");
  const heading = useId();
  const [open, setOpen] = useState(false);
  const count = card.connections.length;
  return (
    <li className={classes.card} aria-labelledby={heading} data-state={card.state}>
      <div className={classes.head}>
        <h2 id={heading} className={classes.name}>
          {card.name}
        </h2>
        <StatusBadge tone={tones[card.state]}>{t(`state.${card.state}`)}</StatusBadge>
      </div>
      <p className={classes.purpose}>{card.purpose}</p>
      <p className={classes.useWhen}>{card.use_when}</p>
      {card.troubled && (
        <StatusBadge tone="warn">
          {t("trouble.badge", { failed: card.failed, calls: card.calls })}
        </StatusBadge>
      )}
      {card.last_call_at && (
        <p className={classes.fact}>
          {t("lastCall")}: <RelativeTime at={card.last_call_at} />
        </p>
      )}
      {card.last_error && <LastError card={card} error={card.last_error} />}
      {count > 0 && (
        <UnstyledButton
          className={classes.toggle}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? "chevronDown" : "chevronRight"} size={14} />
          {t("connections", { count })}
        </UnstyledButton>
      )}
      {open && <Connections card={card} onTest={onTest} />}
      <Ways card={card} onTest={onTest} />
    </li>
  );
}

function LastError({ card, error }: { card: Card; error: NonNullable<Card["last_error"]> }) {
  const { t } = useTranslation("integrations");
  return (
    <div className={classes.error} data-live={card.state === "error" || undefined}>
      <span>
        {t("lastError")} {error.at && <RelativeTime at={error.at} />}
      </span>
      <code>{verbatim(error)}</code>
      {card.log && <AppLink to={card.log}>{t("log")}</AppLink>}
    </div>
  );
}

function Ways({ card, onTest }: Props) {
  const { t } = useTranslation("integrations");
  const [first] = card.connections;
  const only = card.connections.length === 1 ? first : undefined;
  return (
    <div className={classes.ways}>
      {card.may_edit && (
        <Button
          size="compact-sm"
          variant={card.state === "not_configured" ? "filled" : "default"}
          renderRoot={(props) => <AppLink to={only?.configure || card.configure} {...props} />}
        >
          {t("configure")}
        </Button>
      )}
      {card.may_edit && card.test === "page" && (
        <Button
          size="compact-sm"
          variant="default"
          renderRoot={(props) => <AppLink to={card.test_page} {...props} />}
        >
          {t("test")}
        </Button>
      )}
      {card.may_edit && card.test === "here" && !first && (
        <Tooltip label={t("testLater")}>
          <Button size="compact-sm" variant="default" data-disabled aria-disabled>
            {t("test")}
          </Button>
        </Tooltip>
      )}
      {card.may_edit && card.test === "here" && only && (
        <Button size="compact-sm" variant="default" onClick={() => onTest(only)}>
          {t("test")}
        </Button>
      )}
      {card.may_edit && card.test === "here" && first && !only && (
        <Menu>
          <Menu.Target>
            <Button size="compact-sm" variant="default">
              {t("test")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {card.connections.map((one) => (
              <Menu.Item key={one.id} onClick={() => onTest(one)}>
                {one.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <Button
        size="compact-sm"
        variant="subtle"
        px="xs"
        renderRoot={(props) => <AppLink to={`/docs/guide/${card.guide}.html`} {...props} />}
      >
        {t("docs")}
      </Button>
    </div>
  );
}
