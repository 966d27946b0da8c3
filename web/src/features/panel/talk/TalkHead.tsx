// Above the conversation: with whom, where it stands, who else is here, and what can be done.

import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { OperatorFace } from "@/features/operators";
import { Icon, type IconName } from "@/ui/Icon";
import type { Asking } from "../asking/asking";
import { useTake } from "../data/actions";
import { useOthersHere } from "../data/presence";
import type { Details } from "../types";
import { StateMenu } from "./StateMenu";
import classes from "./TalkHead.module.css";
import { TalkMenu } from "./TalkMenu";

type Props = {
  details: Details;
  onAsk: (asking: Asking) => void;
  isFinding: boolean;
  onFind: () => void;
  sideOpen: boolean;
  onSide: () => void;
};

export function TalkHead({ details, onAsk, isFinding, onFind, sideOpen, onSide }: Props) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const channelName = useChannelName();
  const { request, may } = details;
  const { id, client_name, assignee, origin, channel, blocked } = request;
  const take = useTake(id);
  return (
    <header className={classes.head}>
      <ActionIcon
        size={36}
        className={classes.back}
        aria-label={t("back")}
        renderRoot={(props) => (
          <Link
            to="/operator_panel/requests/{-$number}"
            params={{ number: undefined }}
            search={true}
            {...props}
          />
        )}
      >
        <Icon name="arrowLeft" />
      </ActionIcon>
      <div className={classes.who}>
        <div className={classes.name}>
          <h2>{client_name}</h2>
          {blocked && <Icon name="ban" size={14} label={t("block.is")} />}
        </div>
        <div className={classes.facts}>
          <StateMenu details={details} onAsk={onAsk} />
          <span>#{id}</span>
          <span className={classes.gives}>
            {assignee ? t("assignedTo", assignee) : t("nobody")}
          </span>
          <span className={`${classes.gives} ${classes.spare}`}>
            {channelName(origin || channel)}
          </span>
        </div>
      </div>
      <Viewers />
      <div className={classes.actions}>
        {may.includes("take") && (
          <Button
            variant={assignee ? "default" : "filled"}
            loading={take.isPending}
            onClick={() => take.mutate()}
          >
            {t("take")}
          </Button>
        )}
        {may.includes("transfer") && (
          <WordOrIcon
            icon="transfer"
            label={t("transfer.open")}
            inMenu
            onClick={() => onAsk("transfer")}
          />
        )}
        {may.includes("close") && (
          <WordOrIcon icon="check" label={t("close.open")} onClick={() => onAsk("close")} />
        )}
        <Tooltip label={t("panelTalk:find.open")}>
          <ActionIcon
            size={32}
            className={classes.roomy}
            aria-label={t("panelTalk:find.open")}
            aria-expanded={isFinding}
            onClick={onFind}
          >
            <Icon name="search" />
          </ActionIcon>
        </Tooltip>
        <TalkMenu details={details} onAsk={onAsk} onFind={onFind} />
        <Tooltip label={t("side.toggle")}>
          <ActionIcon
            size={32}
            aria-label={t("side.toggle")}
            aria-expanded={sideOpen}
            onClick={onSide}
          >
            <Icon name="columns" />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}

type WordProps = { icon: IconName; label: string; inMenu?: boolean; onClick: () => void };

/** The word where there is room for it; what the menu has too gives way on a phone. */
function WordOrIcon({ icon, label, inMenu, onClick }: WordProps) {
  return (
    <Button
      variant="default"
      px={10}
      aria-label={label}
      title={label}
      className={inMenu ? classes.roomy : undefined}
      onClick={onClick}
    >
      <Icon name={icon} />
      <span className={inMenu ? classes.wide : classes.word}>
        {"\u00a0"}
        {label}
      </span>
    </Button>
  );
}

function Viewers() {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const { viewers } = useOthersHere();
  if (viewers.length === 0) return null;
  return (
    <fieldset className={classes.viewers} aria-label={t("viewers")}>
      {viewers.map(({ id, name, typing }) => (
        <OperatorFace
          key={id}
          id={id}
          name={name}
          size={26}
          hint={typing ? t("isTyping", { name }) : t("isViewing", { name })}
        />
      ))}
    </fieldset>
  );
}
